import { type Finding, runChecks } from '../../src/checks/index.js';
import { type Case, subjectOf } from './subject.js';

/** What one check finds in a refined text, which is the whole reply. */
export function find(check: string, text: string, given: Omit<Case, 'raw' | 'format'> = {}): Finding[] {
  const findings = runChecks(subjectOf({ raw: text, format: 'plain', ...given }));
  return findings.filter((finding) => finding.check === check);
}

/** The severities of what one check finds in a refined text, in order. */
export function severitiesOf(
  check: string,
  { text, ...given }: Omit<Case, 'raw' | 'format'> & { readonly text: string },
): string[] {
  return find(check, text, given).map(({ severity }) => severity);
}

/** The part of a text that a finding points at. */
export function pointedAt(text: string, finding: Finding | undefined): string {
  return text.slice(finding?.start ?? 0, finding?.end ?? 0);
}

/** So many different words that mean nothing, the same ones each time. */
export function words(count: number, prefix = 'lorem'): string {
  return Array.from({ length: count }, (_, index) => `${prefix}${letters(index)}`).join(' ');
}

/** A, b, c, ... as words without digits. */
function letters(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}
