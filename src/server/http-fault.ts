import type { ErrorFacts } from '../errors.js';

/** A request that cannot be served as it is; what is wrong with runs and data comes as a `BurnishError` instead. */
export class HttpFault extends Error {
  readonly status: number;
  /** Stable, machine-readable. */
  readonly code: string;
  readonly facts: ErrorFacts;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    facts: ErrorFacts = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'HttpFault';
    this.status = status;
    this.code = code;
    this.facts = facts;
    this.headers = headers;
  }
}
