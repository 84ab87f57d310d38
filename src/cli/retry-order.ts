import type { CheckSuite } from '../checks/index.js';
import { orderOf, type RetryOrder } from '../conduct/retry-run.js';
import { formatNumberOf } from '../report/figures.js';
import type { LedgerEntry } from '../run/ledger.js';
import type { RunRecord } from '../run/read-run.js';
import { tellInBatches } from './conclusion.js';
import type { Io } from './io.js';
import { chooseByOptions, type RetryChoiceOptions } from './retry-options.js';

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
  const order = orderOf(run, { chosen, decided });
  const { entries, leftAlone } = order;
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
  tellInBatches(run, leftAlone.inBatches.length, io);
  return order;
}
