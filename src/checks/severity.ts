/** How bad a finding is: certainly bad, probably bad, or a blemish that a training set can live with. */
export type Severity = 'fail' | 'flag' | 'note';

/** The worst severity among an attempt's findings; notes alone pass. */
export type Verdict = 'fail' | 'flag' | 'pass';

/** What an attempt with these findings is worth. */
export function verdictOf(findings: Iterable<{ readonly severity: Severity }>): Verdict {
  let verdict: Verdict = 'pass';
  for (const { severity } of findings) {
    if (severity === 'fail') return 'fail';
    if (severity === 'flag') verdict = 'flag';
  }
  return verdict;
}
