import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { checksOfRun } from '../../conduct/checks-of-run.js';
import { shorten, UserError } from '../../errors.js';
import { toLedgerLine, writeLedger } from '../../export/ledger-file.js';
import { decisionLines } from '../../report/decision-lines.js';
import { formatCount, formatNumberOf } from '../../report/figures.js';
import { DECISION_VERSION, type DecisionLine } from '../../run/decision.js';
import type { LedgerEntry } from '../../run/ledger.js';
import { loadLedger } from '../../run/load-ledger.js';
import { readRun } from '../../run/read-run.js';
import { recordDecisions } from '../../run/record-decisions.js';
import { isUsableText } from '../../run/usable-text.js';
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
  const decisions = entries.map((entry) => toDecision(entry, options, text, at));
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
      expected: 'one of --accept, --attempt N, --reject, --edit FILE, --undo',
    });
  }
  const attempt = options.attempt ?? chosen?.attempt.attempt;
  const candidate = assessed.find((one) => one.attempt.attempt === attempt)?.parsed.candidate ?? null;
  if (attempt !== undefined && isUsableText(candidate)) return { ...common, action: 'accept', attempt };
  throw new UserError('usage', 'There is no refined response to accept.', {
    where: `example ${example.id}`,
    expected: `one of the attempts with a refined response: ${usableAttempts(assessed) || 'there is none'}`,
    found: attempt === undefined ? 'no reply at all' : `attempt ${attempt}`,
    hint: '`burnish diff --id ID` shows what there is; `burnish retry --ids ID` asks again.',
  });
}

function usableAttempts(assessed: LedgerEntry['assessed']): string {
  return assessed
    .flatMap(({ attempt, parsed }) => (isUsableText(parsed.candidate) ? [attempt.attempt] : []))
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
  if (!isUsableText(text)) {
    throw new UserError('usage', 'The text cannot be used as a response.', {
      where: path,
      expected: 'some text, without NUL characters',
      found: shorten(text),
    });
  }
  return text;
}
