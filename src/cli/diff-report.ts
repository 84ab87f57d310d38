import type { CheckSuite } from '../checks/index.js';
import { type ComparedRow, chooseComparisons, comparisonLines } from '../report/comparison-list.js';
import { formatCount, formatNumberOf } from '../report/figures.js';
import { requireCheckIds } from './check-ids.js';
import { choiceOf, type DiffOptions } from './diff-options.js';
import { columnsOf, type Io, painter } from './io.js';
import { printPaged } from './pager.js';

/** The rows that the options choose, in their order; refuses checks that nobody knows. */
export function chooseRows<Row extends ComparedRow>(
  rows: readonly Row[],
  suite: CheckSuite,
  options: DiffOptions,
): Row[] {
  const found = rows.flatMap(({ checks }) => checks.map((check) => ({ check })));
  requireCheckIds(options.check ?? [], suite, found);
  return chooseComparisons(rows, choiceOf(options));
}

/**
 * Prints the list.
 *
 * @param header what is compared, a line each
 * @param all how many rows there are to choose from
 */
export async function printList(
  chosen: readonly ComparedRow[],
  header: readonly string[],
  all: number,
  { pager }: DiffOptions,
  io: Io,
): Promise<void> {
  if (chosen.length === 0) {
    io.stderr.write('No example fits.\n');
    return;
  }
  const paint = painter(io.stdout, io.env);
  const [titles = '', ...lines] = comparisonLines(chosen, columnsOf(io.stdout), (verdict, text) =>
    verdict === 'fail' ? paint('red', text) : verdict === 'flag' ? paint('yellow', text) : text,
  );
  const text = [
    ...header,
    ...(header.length === 0 ? [] : ['']),
    paint('bold', titles),
    ...lines,
    '',
    ...(chosen.length === all ? [] : [`${formatCount(chosen.length)} of ${formatNumberOf(all, 'example')}.`]),
    '--id ID shows one; --only flag, --check ID, --sort change choose and order.',
  ];
  await printPaged(`${text.join('\n')}\n`, pager, io);
}
