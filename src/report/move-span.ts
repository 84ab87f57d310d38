import type { Finding } from '../checks/index.js';

/** A finding in a text as it stands: checks see it without the white space around it. */
export function moveSpan(finding: Finding, text: string): Finding {
  const { start, end } = finding;
  const blanks = text.length - text.trimStart().length;
  return start === null || end === null ? finding : { ...finding, start: start + blanks, end: end + blanks };
}
