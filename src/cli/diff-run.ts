import { resolve } from 'node:path';
import { checksOfRun } from '../conduct/checks-of-run.js';
import { changedShare } from '../diff/changed-share.js';
import { diffTexts } from '../diff/diff-texts.js';
import { similarity } from '../diff/similarity.js';
import { shorten, UserError } from '../errors.js';
import {
  checksIn,
  compare,
  currentVersion,
  toComparedRow,
  type Version,
  versionOfAttempt,
} from '../report/compare.js';
import { countWords } from '../report/comparison-list.js';
import { showEntry } from '../report/show-entry.js';
import { exampleText } from '../report/shown-example.js';
import type { Attempt } from '../run/attempt.js';
import type { LedgerEntry } from '../run/ledger.js';
import { loadLedger } from '../run/load-ledger.js';
import { type RunRecord, readRun } from '../run/read-run.js';
import { readSentPrompt, type SentPrompt } from '../run/sent-prompt.js';
import type { CheckedWith } from '../run/take-snapshot.js';
import { type DiffOptions, diffLayout } from './diff-options.js';
import { chooseRows, printList } from './diff-report.js';
import { entriesOf } from './entries.js';
import { findRun } from './find-run.js';
import type { Io } from './io.js';
import { checkReportFile } from './output.js';
import { printPaged } from './pager.js';
import { reportRun } from './report-run.js';
import { writeJson } from './write-json.js';

/** Shows what became of the examples of a run: the list of those that were answered, or one whole. */
export async function diffRun(name: string | undefined, options: DiffOptions, io: Io): Promise<void> {
  if (options.html !== undefined) await checkReportFile(resolve(io.cwd, options.html), []);
  const run = await readRun(await findRun(name, io.cwd));
  for (const warning of run.warnings) io.stderr.write(`warning: ${warning}\n`);
  const checks = await checksOfRun(run, io);
  if (options.id !== undefined) return showOne(run, options.id, checks, options, io);

  if (options.html !== undefined) return reportRun(run, checks.suite, options, io);

  const ledger = await loadLedger(run, checks.suite);
  const rows = ledger
    .filter(({ outcome }) => outcome !== 'pending')
    .map((entry) => {
      const comparison = compare(entry);
      return { ...toComparedRow(entry, comparison), entry, comparison };
    });
  const chosen = chooseRows(rows, checks.suite, options);
  if (options.json !== true) return printList(chosen, [], rows.length, options, io);
  const records = chosen.map(({ entry, comparison, ...row }) => ({
    ...row,
    ...comparison,
    outcome: entry.outcome,
    findings: entry.chosen?.findings ?? [],
  }));
  writeJson({ run: run.dir, records }, io);
}

async function showOne(
  run: RunRecord,
  id: string,
  { suite }: CheckedWith,
  options: DiffOptions,
  io: Io,
): Promise<void> {
  const selection = entriesOf(
    run.selection.map((example) => ({ example })),
    [id],
    '--id',
  ).map(({ example }) => example);
  const [entry] = await loadLedger({ ...run, selection }, suite);
  if (entry === undefined) return;
  const attempts = run.attempts.filter(({ example }) => example === id);
  const version =
    options.attempt === undefined
      ? currentVersion(entry, suite)
      : versionOfAttempt(entry, attemptNamed(options.attempt, attempts));
  const request = options.request === true ? await requestOf(run, entry, version, suite) : null;
  if (options.json === true) {
    writeJson({ run: run.dir, records: [recordOf(entry, version, attempts, request, options)] }, io);
    return;
  }
  const shown = showEntry(entry, version, attempts, { critique: options.critique === true, request });
  const layout = diffLayout(io, options.sideBySide);
  await printPaged(`${exampleText(shown, layout)}\n`, options.pager, io);
}

/** The request of the attempt that is shown, of an edited text that which it was edited from. */
async function requestOf(
  run: RunRecord,
  { chosen }: LedgerEntry,
  { attempt }: Version,
  suite: CheckedWith['suite'],
): Promise<SentPrompt> {
  const sent = attempt ?? chosen?.attempt;
  if (sent !== undefined) return readSentPrompt(run, sent, suite);
  return { messages: [], doubt: 'Nothing that was sent for this example has been answered yet.' };
}

function attemptNamed(number: number, attempts: readonly Attempt[]): Attempt {
  const found = attempts.find(({ attempt }) => attempt === number);
  if (found !== undefined) return found;
  throw new UserError('usage', 'The example has no such attempt.', {
    where: '--attempt',
    expected: attempts.map(({ attempt }) => attempt).join(', ') || 'none: nothing was sent for it yet',
    found: shorten(String(number)),
  });
}

/** One example as `--json` gives it. */
function recordOf(
  entry: LedgerEntry,
  { attempt, refined, findings, parsed }: Version,
  attempts: readonly Attempt[],
  request: SentPrompt | null,
  { critique }: DiffOptions,
): object {
  const { example, outcome, reason, verdict, decision, assessed } = entry;
  const { id, instruction, input, response: original } = example;
  const parts = refined === null ? null : diffTexts(original, refined);
  return {
    ...{ id, instruction, input, original, refined, outcome, reason, verdict },
    changed: refined === null ? null : changedShare(original, refined),
    similarity: parts && similarity(parts),
    words: { original: countWords(original), refined: refined === null ? null : countWords(refined) },
    checks: checksIn(findings),
    decision: decision?.action ?? null,
    attempt: attempt?.attempt ?? null,
    findings,
    parts,
    attempts: attempts.map((one) => ({
      ...{ attempt: one.attempt, purpose: one.purpose, prompt: one.prompt, model: one.model },
      verdict: assessed.find((known) => known.attempt === one)?.verdict ?? null,
      error: one.error,
    })),
    ...(refined === null && { reply: attempt?.reply?.content ?? null }),
    ...(critique === true && { critique: parsed?.critique ?? null }),
    ...(request !== null && { request }),
  };
}
