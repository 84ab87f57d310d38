import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { shorten, UserError } from '../../errors.js';
import { toLedgerLine, writeLedger } from '../../export/ledger-file.js';
import { formatNumberOf } from '../../report/figures.js';
import { DECISION_VERSION, type DecisionLine } from '../../run/decision.js';
import type { LedgerEntry } from '../../run/ledger.js';
import { loadLedger } from '../../run/load-ledger.js';
import { readRun } from '../../run/read-run.js';
import { recordDecisions } from '../../run/record-decisions.js';
import { checksOfRun } from '../checks-of-run.js';
import type { Finish } from '../command-module.js';
import { entriesOf } from '../entries.js';
import { findRun } from '../find-run.js';
import type { Io } from '../io.js';
import { idList, jsonOption, wholeNumber } from '../options.js';
import { writeJson } from '../write-json.js';

interface DecideOptions {
  readonly ids: readonly string[];
  readonly accept?: boolean;
  readonly attempt?: number;
  readonly reject?: boolean;
  readonly edit?: string;
  readonly undo?: boolean;
  readonly json?: boolean;
}

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
      new Option('--attempt <n>', 'which attempt; the one that counts now, unless given')
        .argParser(wholeNumber(1))
        .conflicts(['reject', 'edit', 'undo']),
    )
    .addOption(new Option('--reject', 'keep the original response').conflicts(['edit', 'undo']))
    .addOption(new Option('--edit <file>', 'use the text in this file (one example only)').conflicts('undo'))
    .addOption(new Option('--undo', 'take back the latest decision'))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ burnish decide --ids 7,12 --accept')
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
  const lines = entries.map((entry) => toDecision(entry, options, text, at));
  await recordDecisions(dir, lines);
  const ledger = await loadLedger(await readRun(dir), suite);
  await writeLedger(resolve(dir, 'ledger.jsonl'), ledger);
  const now = entriesOf(ledger, options.ids);
  if (options.json === true) {
    writeJson({ examples: now.map(toLedgerLine) }, io);
  }
  io.stderr.write(
    `${formatNumberOf(now.length, 'example')} decided. \`burnish export\` writes the training set anew.\n`,
  );
  return 0;
}

function toDecision(
  { example, assessed, chosen, decision }: LedgerEntry,
  options: DecideOptions,
  text: string | null,
  at: string,
): DecisionLine {
  const common = { v: DECISION_VERSION, example: example.id, at } as const;
  if (text !== null) return { ...common, action: 'edit', text };
  if (options.reject === true) return { ...common, action: 'reject' };
  if (options.undo === true) {
    if (decision !== null) return { ...common, action: 'undo' };
    throw new UserError('usage', 'There is no decision to take back.', { where: `example ${example.id}` });
  }
  if (options.accept !== true && options.attempt === undefined) {
    throw new UserError('usage', 'No decision was given.', {
      expected: 'one of --accept, --reject, --edit FILE, --undo',
    });
  }
  const attempt = options.attempt ?? chosen?.attempt.attempt;
  const candidate = assessed.find((one) => one.attempt.attempt === attempt)?.parsed.candidate ?? '';
  if (attempt !== undefined && isStorable(candidate)) return { ...common, action: 'accept', attempt };
  throw new UserError('usage', 'There is no refined response to accept.', {
    where: `example ${example.id}`,
    expected: `one of the attempts with a refined response: ${usableAttempts(assessed) || 'there is none'}`,
    found: attempt === undefined ? 'no reply at all' : `attempt ${attempt}`,
    hint: '`burnish diff --id ID` shows what there is; `burnish retry --ids ID` asks again.',
  });
}

/** Whether a text can be a response in a dataset: it says something, and UTF-8 can hold it. */
function isStorable(text: string): boolean {
  return text !== '' && !text.includes('\0') && text.isWellFormed();
}

function usableAttempts(assessed: LedgerEntry['assessed']): string {
  return assessed
    .flatMap(({ attempt, parsed }) => (isStorable(parsed.candidate ?? '') ? [attempt.attempt] : []))
    .join(', ');
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
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch (error) {
    throw new UserError('usage', 'The text is not valid UTF-8.', { where: path }, { cause: error });
  }
  if (!isStorable(text)) {
    throw new UserError('usage', 'The text cannot be used as a response.', {
      where: path,
      expected: 'some text, without NUL characters',
      found: shorten(text),
    });
  }
  return text;
}
