import {
  type CheckSuite,
  type Finding,
  SEVERITIES,
  type Severity,
  VERDICTS,
  type Verdict,
} from '../checks/index.js';

/** What the checks say of one example. */
export interface CheckedRow {
  /** The example's id. */
  readonly id: string;
  /** null when it was not answered yet. */
  readonly verdict: Verdict | null;
  readonly findings: readonly Finding[];
  /** Why it has its verdict, where no finding says so; null otherwise. */
  readonly reason: string | null;
}

/** In how many rows a check found something: in all, and by the worst that it found in each. */
export type CheckCount = Readonly<Record<'rows' | Severity, number>>;

/** Checked rows, counted. */
export interface CheckSummary {
  readonly rows: number;
  readonly byVerdict: Readonly<Record<Verdict, number>>;
  /** By check id: every check that ran, in their order, and any other that has findings. */
  readonly byCheck: Readonly<Record<string, CheckCount>>;
}

/** Counts rows by verdict and by check. */
export function summariseChecks(rows: readonly CheckedRow[], suite: CheckSuite): CheckSummary {
  const byVerdict = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  const byCheck = new Map(suite.map(({ check }) => [check.id, noRows()]));
  for (const { verdict, findings } of rows) {
    if (verdict !== null) byVerdict[verdict] += 1;
    for (const [check, severity] of worstByCheck(findings)) {
      const count = byCheck.get(check) ?? noRows();
      byCheck.set(check, count);
      count.rows += 1;
      count[severity] += 1;
    }
  }
  return { rows: rows.length, byVerdict, byCheck: Object.fromEntries(byCheck) };
}

function noRows(): Record<'rows' | Severity, number> {
  return { rows: 0, fail: 0, flag: 0, note: 0 };
}

function worstByCheck(findings: readonly Finding[]): Map<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const severity of SEVERITIES.toReversed()) {
    for (const finding of findings) if (finding.severity === severity) worst.set(finding.check, severity);
  }
  return worst;
}
