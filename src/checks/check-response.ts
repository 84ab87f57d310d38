import type { Example } from '../dataset/example.js';
import { wholeReply } from '../parse.js';
import type { Finding } from './check.js';
import { runChecks } from './run-checks.js';
import { type Verdict, verdictOf } from './severity.js';
import type { CheckSuite } from './suite.js';

/** What the checks say of one refined response. */
export interface CheckedResponse {
  /** The example's id. */
  readonly id: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** Checks a refined response of which nothing is known but its text, such as a row of a file. */
export function checkResponse(example: Example, response: string, suite: CheckSuite): CheckedResponse {
  const findings = runChecks({ example, parsed: wholeReply(response), finishReason: null }, suite);
  return { id: example.id, verdict: verdictOf(findings), findings };
}
