import { basename } from 'node:path';
import type { CheckSuite } from '../checks/index.js';
import type { Attempt } from '../run/attempt.js';
import { countOutcomes, type LedgerEntry } from '../run/ledger.js';
import type { Manifest } from '../run/manifest.js';
import { summariseChecks } from './check-summary.js';
import { binByRange } from './histogram-data.js';
import { changeFigures, checkFigures } from './overview-figures.js';
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
  const checked = summariseChecks(ledger.map(toCheckedRow), suite);
  const decisions = { accept: 0, reject: 0, edit: 0 };
  for (const { decision } of rows) if (decision !== null) decisions[decision] += 1;
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
    ...checkFigures(checked, suite),
    decisions,
    spending: spendingData(attempts, outcomes.refined),
    budget: { usd: settings.budgetUsd, tokens: settings.budgetTokens },
    ...changeFigures(rows),
    costs: binByRange([{ name: 'cost', values: costs }]),
  };
}

function toCheckedRow({ example, verdict, reason, chosen }: LedgerEntry) {
  return { id: example.id, verdict, findings: chosen?.findings ?? [], reason };
}
