import type { ProblemData } from './api-types.js';

/** An answer of the server that is no success, or a request that had no answer at all. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** 0 when there was no answer. */
  readonly status: number;
  readonly data: ProblemData;

  constructor(data: ProblemData, options?: ErrorOptions) {
    super(data.title, options);
    this.status = data.status;
    this.data = data;
  }
}

/** The problem that an unsuccessful answer tells of, whatever its body looks like. */
export async function readProblem(response: Response): Promise<Problem> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const told: Partial<ProblemData> = isProblem ? await response.json().catch(() => ({})) : {};
  return new Problem({ ...unexpectedAnswer(response.status, response.statusText), ...told });
}

/** What is known of an answer that tells of no problem, and is no success. */
export function unexpectedAnswer(status: number, statusText: string): ProblemData {
  const title = `The server answered ${status} ${statusText}`.trim();
  return { type: 'about:blank', title, status, code: 'unexpected_answer' };
}

/** The problem of a request that never got an answer. */
export function noAnswer(cause: unknown): Problem {
  const title = 'The server cannot be reached';
  return new Problem(
    { type: 'about:blank', title, status: 0, code: 'no_answer', hint: 'Is burnish still running?' },
    { cause },
  );
}

/** What to show a person of anything that was thrown: whole sentences. */
export function describeProblem(error: unknown): string {
  if (error instanceof Problem) return describeProblemData(error.data);
  return sentence(error instanceof Error ? error.message : String(error));
}

/** The same of a problem that the server told as data. */
export function describeProblemData({ title, expected, found, where, hint }: ProblemData): string {
  const facts = [
    ...(expected ? [`expected ${expected}`] : []),
    ...(found ? [`found ${found}`] : []),
    ...(where ? [`at ${where}`] : []),
  ].join(', ');
  return [title, facts, hint ?? '']
    .filter((part) => part !== '')
    .map(sentence)
    .join(' ');
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?:…]$/.test(begun) ? begun : `${begun}.`;
}
