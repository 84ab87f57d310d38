/** How bad a finding is, worst first: certainly bad, probably bad, or a blemish that a training set can live with. */
export const SEVERITIES = ['fail', 'flag', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The worst severity among an attempt's findings, worst first; notes alone pass. */
export const VERDICTS = ['fail', 'flag', 'pass'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Whether one severity is worse than another. */
export function worseThan(one: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other);
}

/** The best of some verdicts; undefined of none. */
export function bestVerdict(verdicts: readonly Verdict[]): Verdict | undefined {
  return VERDICTS.findLast((verdict) => verdicts.includes(verdict));
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
