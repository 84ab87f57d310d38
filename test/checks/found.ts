import { type Finding, runChecks } from '../../src/checks/index.js';
import { type Case, subjectOf } from './subject.js';

/** A text that was written in the place of a response. */
export interface Rewrite extends Omit<Case, 'raw' | 'format'> {
  readonly text: string;
}

/** What one check finds in a text. */
export function findingsOf(check: string, { text, ...given }: Rewrite): Finding[] {
  const findings = runChecks(subjectOf({ ...given, raw: text, format: 'plain' }));
  return findings.filter((finding) => finding.check === check);
}

/** The severities of what one check finds in a text, in order. */
export function severitiesOf(check: string, given: Rewrite): string[] {
  return findingsOf(check, given).map(({ severity }) => severity);
}

/** The part of a text that a finding points at. */
export function markedIn(text: string, finding: Finding | undefined): string {
  return text.slice(finding?.start ?? 0, finding?.end ?? 0);
}
