import { type Command, Option } from 'commander';
import { checksOfRun } from '../../conduct/checks-of-run.js';
import {
  bracketMarks,
  compare,
  comparisonLine,
  comparisonText,
  type MarkPart,
} from '../../report/compare.js';
import { visible } from '../../report/visible.js';
import type { LedgerEntry } from '../../run/ledger.js';
import { loadLedger } from '../../run/load-ledger.js';
import { readRun } from '../../run/read-run.js';
import type { Finish } from '../command-module.js';
import { entriesOf } from '../entries.js';
import { findRun } from '../find-run.js';
import { columnsOf, type Io, painter, takesColours } from '../io.js';
import { jsonOption } from '../options.js';
import { writeJson } from '../write-json.js';

interface DiffOptions {
  readonly id?: string;
  readonly only?: 'pass' | 'flag' | 'fail';
  readonly sort: 'id' | 'change';
  readonly json?: boolean;
}

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Compares original and refined responses: a list of all that were answered, or one example word by word. ' +
        'Change is the share of the words of both texts that only one of them has.',
    )
    .argument('[run]', 'folder or name of the run (default: the one used last)')
    .option('--id <id>', 'one example, whole')
    .addOption(
      new Option('--only <verdict>', 'only those with this verdict').choices(['pass', 'flag', 'fail']),
    )
    .addOption(new Option('--sort <order>', 'order of the list').choices(['id', 'change']).default('id'))
    .addOption(jsonOption())
    .action(async (name: string | undefined, options: DiffOptions) => {
      finish(await diff(name, options, io));
    });
}

async function diff(name: string | undefined, options: DiffOptions, io: Io): Promise<number> {
  const run = await readRun(await findRun(name, io.cwd));
  const ledger = await loadLedger(run, (await checksOfRun(run, io)).suite);
  const chosen = options.id === undefined ? answered(ledger, options) : entriesOf(ledger, [options.id]);
  const compared = chosen.map((entry) => ({ entry, comparison: compare(entry) }));
  if (options.sort === 'change') {
    compared.sort((a, b) => (b.comparison.changed ?? -1) - (a.comparison.changed ?? -1));
  }
  if (options.json === true) {
    const records = compared.map(({ entry, comparison }) => ({
      ...comparison,
      outcome: entry.outcome,
      verdict: entry.verdict,
      findings: entry.chosen?.findings ?? [],
    }));
    writeJson({ run: run.dir, records }, io);
    return 0;
  }
  if (options.id !== undefined) {
    const mark = diffMarks(io);
    for (const { entry, comparison } of compared)
      io.stdout.write(`${comparisonText(entry, comparison, mark)}\n`);
    return 0;
  }
  if (compared.length === 0) io.stderr.write('No example fits.\n');
  const idWidth = Math.max(2, ...compared.map(({ entry }) => visible(entry.example.id).length));
  for (const { entry, comparison } of compared) {
    io.stdout.write(`${comparisonLine(entry, comparison, idWidth, columnsOf(io.stdout))}\n`);
  }
  return 0;
}

function answered(ledger: readonly LedgerEntry[], { only }: DiffOptions): LedgerEntry[] {
  return ledger.filter(
    ({ outcome, verdict }) => outcome !== 'pending' && (only === undefined || verdict === only),
  );
}

/** How differences are marked on stdout: colours on a terminal, brackets elsewhere. */
export function diffMarks(io: Io): MarkPart {
  if (!takesColours(io.stdout, io.env)) return bracketMarks;
  const paint = painter(io.stdout, io.env);
  return ({ kind, text }) =>
    kind === 'same'
      ? text
      : kind === 'removed'
        ? paint(['red', 'strikethrough'], text)
        : paint('green', text);
}
