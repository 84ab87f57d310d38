/**
 * Stable, machine-readable names of everything Burnish refuses or fails at. `--json` shows them; programs
 * may rely on them.
 */
export type ErrorCode =
  | 'usage'
  | 'config'
  | 'dataset'
  | 'prompt'
  | 'model_config'
  | 'run_not_found'
  | 'run_conflict'
  | 'run_locked'
  | 'run_damaged'
  | 'run_newer'
  | 'export_incomplete'
  | 'export_mismatch'
  | 'environment'
  | 'model_refused'
  | 'outage'
  | 'rate_limit'
  | 'budget_spent';

/** What a person needs in order to mend a fault; every part is one line of plain text. */
export interface ErrorFacts {
  /** What would have been right. */
  readonly expected?: string;
  /** What was there instead, shortened. */
  readonly found?: string;
  /** File, row, field or flag. */
  readonly where?: string;
  /** What to do now. */
  readonly hint?: string;
}

/** The root of all errors that Burnish throws on purpose. Anything else that escapes is a bug. */
export class BurnishError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.facts = facts;
  }
}

/** Bad usage, configuration or data: the caller can mend it. The command line exits with 2. */
export class UserError extends BurnishError {}

/** The world failed: a full disk, a dead server, a damaged file. The command line exits with 1. */
export class EnvironmentError extends BurnishError {}

/** Quotes a value for an error's `found`, at most `limit` characters of it. */
export function shorten(value: unknown, limit = 80): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
