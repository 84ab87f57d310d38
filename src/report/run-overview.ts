import { basename } from 'node:path';
import { type CheckSuite, VERDICTS } from '../checks/index.js';
import type { Attempt } from '../run/attempt.js';
import { countOutcomes, type LedgerEntry } from '../run/ledger.js';
import type { Manifest } from '../run/manifest.js';
import { summariseChecks } from './check-summary.js';
import { binByRange } from './histogram-data.js';
import type { RecordRow } from './record-data.js';
import type { RunOverview } from './run-data.js';
import { spendingData } from './spending.js';

/** What an overview is made from. */
export interface OverviewSource {
  /** The run's name. */
  readonly run: string;
  readonly manifest: Manifest;
  readonly attempts: readonly Attempt[];
  readonly ledger: readonly LedgerEntry[];
  /** Of the same examples. */
  readonly rows: readonly RecordRow[];
  readonly suite: CheckSuite;
}

/** A run as a whole. */
export function runOverview({ run, manifest, attempts, ledger, rows, suite }: OverviewSource): RunOverview {
  const { dataset, identity, settings } = manifest;
  const outcomes = countOutcomes(ledger);
  const { byVerdict, byCheck } = summariseChecks(ledger.map(toCheckedRow), suite);
  const descriptions = new Map(suite.map(({ check }) => [check.id, check.description]));
  const decisions = { accept: 0, reject: 0, edit: 0 };
  for (const { decision } of rows) if (decision !== null) decisions[decision] += 1;
  const refined = rows.flatMap(({ words, changed }) =>
    words.refined === null || changed === null
      ? []
      : [{ before: words.original, after: words.refined, changed }],
  );
  const costs = rows.flatMap(({ costUsd, requests }) =>
    costUsd === null || requests === 0 ? [] : [costUsd],
  );
  return {
    run,
    dataset: basename(dataset.path),
    rows: dataset.rows,
    selected: manifest.selected,
    createdAt: manifest.createdAt,
    model: identity.model,
    prompt: identity.prompt,
    temperature: identity.temperature,
    maxTokens: identity.maxTokens,
    onFlag: settings.onFlag,
    onFail: settings.onFail,
    judge: settings.judge,
    outcomes,
    verdicts: Object.fromEntries(
      VERDICTS.map((verdict) => [verdict, byVerdict[verdict]]),
    ) as RunOverview['verdicts'],
    decisions,
    checks: Object.entries(byCheck)
      .filter(([, { rows: found }]) => found > 0)
      .map(([check, { fail, flag, note }]) => ({
        check,
        description: descriptions.get(check) ?? '',
        examples: { fail, flag, note },
      })),
    spending: spendingData(attempts, outcomes.refined),
    budget: { usd: settings.budgetUsd, tokens: settings.budgetTokens },
    lengths: binByRange([
      { name: 'original', values: refined.map(({ before }) => before) },
      { name: 'refined', values: refined.map(({ after }) => after) },
    ]),
    changes: binByRange([{ name: 'changed', values: refined.map(({ changed }) => changed) }], {
      from: 0,
      to: 1,
    }),
    costs: binByRange([{ name: 'cost', values: costs }]),
  };
}

function toCheckedRow({ example, verdict, reason, chosen }: LedgerEntry) {
  return { id: example.id, verdict, findings: chosen?.findings ?? [], reason };
}
