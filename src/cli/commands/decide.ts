import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { checksOfRun } from '../../conduct/checks-of-run.js';
import { UserError } from '../../errors.js';
import { toLedgerLine, writeLedger } from '../../export/ledger-file.js';
import { decisionLines } from '../../report/decision-lines.js';
import { formatCount, formatNumberOf } from '../../report/figures.js';
import { decideExample, usableText, type Wish } from '../../run/decide-example.js';
import { loadLedger } from '../../run/load-ledger.js';
import { readRun } from '../../run/read-run.js';
import { recordDecisions } from '../../run/record-decisions.js';
import type { Finish } from '../command-module.js';
import { entriesOf } from '../entries.js';
import { findRun } from '../find-run.js';
import type { Io } from '../io.js';
import { idList, jsonOption, wholeNumber } from '../options.js';
import { writeJson } from '../write-json.js';

/** How many examples are listed on a screen. */
const LISTED = 20;

interface DecideOptions {
  readonly ids: readonly string[];
  readonly accept?: boolean;
  readonly attempt?: number;
  readonly reject?: boolean;
  readonly edit?: string;
  readonly undo?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ burnish decide --ids 7,12 --accept
  # the first attempt, though a later one counts
  $ burnish decide --ids 7 --attempt 1`;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      "Records a person's word on examples; it beats every verdict. --accept takes the refined response whatever " +
        'the checks say, --reject keeps the original, --edit puts a text of your own, --undo takes back the last word.',
    )
    .argument('[run]', 'folder or name of the run (default: the one used last)')
    .addOption(
      new Option('--ids <ids>', 'the examples, separated by commas').argParser(idList).makeOptionMandatory(),
    )
    .addOption(new Option('--accept', 'use the refined response').conflicts(['reject', 'edit', 'undo']))
    .addOption(
      new Option(
        '--attempt <n>',
        'accept this attempt, a repair or an earlier one as well (default: the one that counts)',
      )
        .argParser(wholeNumber(1))
        .conflicts(['reject', 'edit', 'undo']),
    )
    .addOption(new Option('--reject', 'keep the original response').conflicts(['edit', 'undo']))
    .addOption(new Option('--edit <file>', 'use the text in this file (one example only)').conflicts('undo'))
    .addOption(new Option('--undo', 'take back the latest decision'))
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined, options: DecideOptions) => {
      finish(await decide(name, options, io));
    });
}

async function decide(name: string | undefined, options: DecideOptions, io: Io): Promise<number> {
  const dir = await findRun(name, io.cwd);
  const run = await readRun(dir);
  const { suite } = await checksOfRun(run, io);
  const entries = entriesOf(await loadLedger(run, suite), options.ids);
  const text =
    options.edit === undefined ? null : await readEdit(resolve(io.cwd, options.edit), entries.length);
  const at = new Date().toISOString();
  const wish = wishOf(options, text);
  const decisions = entries.map((entry) => decideExample(entry, wish, at));
  await recordDecisions(dir, decisions);
  const ledger = await loadLedger(await readRun(dir), suite);
  await writeLedger(resolve(dir, 'ledger.jsonl'), ledger);
  const now = entriesOf(ledger, options.ids);
  if (options.json === true) {
    writeJson({ examples: now.map(toLedgerLine), before: entries.map(toLedgerLine) }, io);
  }
  const rest = now.length > LISTED ? [`  ... and ${formatCount(now.length - LISTED)} more`] : [];
  const changes = [...decisionLines(entries.slice(0, LISTED), now.slice(0, LISTED)), ...rest];
  io.stderr.write(
    `${formatNumberOf(now.length, 'example')} decided. In the training set, which \`burnish export\` writes anew:\n` +
      `${changes.join('\n')}\n`,
  );
  return 0;
}

function wishOf({ accept, attempt, reject, undo }: DecideOptions, text: string | null): Wish {
  if (text !== null) return { action: 'edit', text };
  if (reject === true) return { action: 'reject' };
  if (undo === true) return { action: 'undo' };
  if (accept === true || attempt !== undefined) return { action: 'accept', attempt };
  throw new UserError('usage', 'No decision was given.', {
    expected: 'one of --accept, --attempt N, --reject, --edit FILE, --undo',
  });
}

async function readEdit(path: string, examples: number): Promise<string> {
  if (examples !== 1) {
    throw new UserError('usage', 'A text can be given for one example at a time.', {
      expected: 'one id with --edit',
      found: `${examples} ids`,
    });
  }
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new UserError(
      'usage',
      'The text cannot be read.',
      { where: path, found: String(error) },
      { cause: error },
    );
  }
  try {
    return usableText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('usage', 'The text is not valid UTF-8.', { where: path }, { cause: error });
  }
}
