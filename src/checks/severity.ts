/** How bad a finding is, worst first: certainly bad, probably bad, or a blemish that a training set can live with. */
export const SEVERITIES = ['fail', 'flag', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The worst severity among an attempt's findings; notes alone pass. */
export type Verdict = 'fail' | 'flag' | 'pass';

/** Whether one severity is worse than another. */
export function worseThan(one: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other);
}

/** What an attempt with these findings is worth. */
export function verdictOf(findings: Iterable<{ readonly severity: Severity }>): Verdict {
  let verdict: Verdict = 'pass';
  for (const { severity } of findings) {
    if (severity === 'fail') return 'fail';
    if (severity === 'flag') verdict = 'flag';
  }
  return verdict;
}
