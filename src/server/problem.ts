import { isAbsolute, sep } from 'node:path';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';
import { BurnishError, type ErrorCode, type ErrorFacts } from '../errors.js';
import type { problemSchema } from './api-schemas.js';
import { HttpFault } from './http-fault.js';

export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_TYPE = 'application/problem+json';

const STATUSES: Readonly<Record<ErrorCode, number>> = {
  usage: 422,
  config: 422,
  dataset: 422,
  prompt: 422,
  model_config: 422,
  run_not_found: 404,
  run_conflict: 409,
  run_locked: 409,
  run_damaged: 500,
  run_newer: 500,
  export_incomplete: 409,
  export_mismatch: 500,
  environment: 503,
  model_refused: 502,
  outage: 502,
  rate_limit: 502,
  budget_spent: 409,
};

/** The folders of an absolute path within a text; addresses and our own routes are none. */
const FOLDERS = /(?:file:\/\/|(?<![\w:/<.)\]}*~]))\/(?!api\/)(?:[^\s/'"`]+\/)+/g;

/** Makes problems (RFC 9457) out of errors, without telling where on the server's disk anything lies. */
export class Problems {
  /** Folders that are left out of what is told, the innermost first. */
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = [...new Set(folders)].sort((one, other) => other.length - one.length);
  }

  /** @returns null for a bug, of which nothing is told */
  known(error: unknown): Problem | null {
    if (error instanceof HttpFault) return problem(error.status, error.code, error.message, error.facts);
    if (error instanceof HTTPException && error.status < 500) {
      return problem(error.status, 'malformed', 'The request is malformed.', { found: error.message });
    }
    if (!(error instanceof BurnishError)) return null;
    const facts = Object.entries(error.facts).map(([name, text]) => [name, this.#shorten(text)]);
    return problem(STATUSES[error.code], error.code, this.#shorten(error.message), Object.fromEntries(facts));
  }

  /** Like `known`; a bug is told as one, without details. */
  of(error: unknown): Problem {
    return (
      this.known(error) ??
      problem(500, 'bug', 'The server has made a mistake; its log says more.', {
        hint: 'Please report it.',
      })
    );
  }

  #shorten(text: string): string {
    let shortened = text;
    for (const folder of this.#folders) shortened = shortened.replaceAll(folder + sep, '');
    return isAbsolute(shortened)
      ? shortened.slice(shortened.lastIndexOf(sep) + 1)
      : shortened.replaceAll(FOLDERS, '');
  }
}

function problem(status: number, code: string, title: string, facts: ErrorFacts): Problem {
  return { type: `urn:burnish:problem:${code}`, title, status, code, ...facts };
}
