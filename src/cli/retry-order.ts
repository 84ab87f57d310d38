import type { CheckSuite } from '../checks/index.js';
import type { Example } from '../dataset/example.js';
import { formatNumberOf } from '../report/figures.js';
import { examplesInBatches } from '../run/batch/batch-record.js';
import type { LedgerEntry } from '../run/ledger.js';
import type { RunRecord } from '../run/read-run.js';
import { tellInBatches } from './conclusion.js';
import type { Io } from './io.js';
import { chooseByOptions, type RetryChoiceOptions } from './retry-options.js';

/** What is asked in a retry, and what is not. */
export interface RetryOrder {
  readonly entries: readonly LedgerEntry[];
  /** Those of the entries. */
  readonly examples: readonly Example[];
  /** Ids of examples that fit, too. */
  readonly leftAlone: { readonly decided: readonly string[]; readonly inBatches: readonly string[] };
}

/**
 * Takes the order that the options give, and tells on stderr what it comes to.
 *
 * @throws UserError `usage` as `chooseByOptions`
 */
export function takeOrder(
  run: RunRecord,
  ledger: readonly LedgerEntry[],
  suite: CheckSuite,
  options: RetryChoiceOptions,
  io: Io,
): RetryOrder {
  for (const warning of run.warnings) io.stderr.write(`warning: ${warning}\n`);
  const { chosen, decided } = chooseByOptions(run, ledger, suite, options);
  const inBatches = examplesInBatches(run.batches);
  const entries = chosen.filter(({ example }) => !inBatches.has(example.id));
  const named = entries.filter(({ decision }) => decision !== null).length;
  const since =
    options.since === undefined
      ? ''
      : `, last asked since ${options.since.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  io.stderr.write(`to ask again: ${formatNumberOf(entries.length, 'example')}${since}\n`);
  if (named > 0) {
    io.stderr.write(
      `decided by hand: ${formatNumberOf(named, 'example')} of these; the decision stays in force until ` +
        '`burnish decide --undo`\n',
    );
  }
  if (decided.length > 0) {
    io.stderr.write(
      `decided by hand: ${formatNumberOf(decided.length, 'example')}, left alone; name them with --ids to ask again\n`,
    );
  }
  tellInBatches(run, chosen.length - entries.length, io);
  const idsOf = (some: readonly LedgerEntry[]): string[] => some.map(({ example }) => example.id);
  return {
    entries,
    examples: entries.map(({ example }) => example),
    leftAlone: {
      decided: idsOf(decided),
      inBatches: idsOf(chosen.filter(({ example }) => inBatches.has(example.id))),
    },
  };
}
