import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { syncPath } from '../atomic-file.js';
import type { Example } from '../dataset/example.js';
import { EnvironmentError } from '../errors.js';
import { ATTEMPT_FORMAT, type Attempt } from './attempt.js';
import { BATCH_FORMAT, type BatchEntry } from './batch/batch-entry.js';
import { type BatchRecord, foldBatches } from './batch/batch-record.js';
import { DECISION_FORMAT, type Decision, type DecisionLine, decisionsInForce } from './decision.js';
import type { Manifest } from './manifest.js';
import { openManifest } from './manifest-file.js';
import { readLines, type StoredLines } from './read-lines.js';
import { readSelection } from './selection-file.js';
import { SENT_FORMAT, type Sent } from './sent.js';

/** A run as it stands on disk. */
export interface RunRecord {
  readonly dir: string;
  readonly manifest: Manifest;
  /** The frozen examples, in dataset order. */
  readonly selection: readonly Example[];
  /** All attempts, in the order in which they were answered. */
  readonly attempts: readonly Attempt[];
  /** Every request that was about to be sent, in that order. */
  readonly sent: readonly Sent[];
  /** Every batch that was about to be created, in that order. */
  readonly batches: readonly BatchRecord[];
  /** The decision in force for each example that has one. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** What a crash left behind and was passed over, in words; empty when nothing was. */
  readonly warnings: readonly string[];
}

/** Whether `dir` holds a run. */
export async function isRun(dir: string): Promise<boolean> {
  try {
    const names = await readdir(dir);
    // The copy alone makes a run too: a crash can leave it.
    return names.includes('run.json') || names.includes('run.json.bak');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return false;
    throw error;
  }
}

/** Reads a run, to look at it. Nothing is changed; what is told of its attempts is safe on the disk. */
export async function readRun(dir: string): Promise<RunRecord> {
  const { record } = await readRunFiles(dir);
  // Another process may have written lines that it has not synced yet.
  await syncPath(join(dir, 'attempts.jsonl'));
  return record;
}

/** The decisions that are in force in a run at this moment. */
export async function readDecisions(dir: string): Promise<RunRecord['decisions']> {
  return decisionsInForce((await readLines(join(dir, 'decisions.jsonl'), DECISION_FORMAT)).records);
}

/** The requests and batches that were about to be sent up to this moment. */
export async function readSendings(dir: string): Promise<Pick<RunRecord, 'sent' | 'batches'>> {
  const sent = await readLines(join(dir, 'sent.jsonl'), SENT_FORMAT);
  const path = join(dir, 'batches.jsonl');
  const batches = await readLines(path, BATCH_FORMAT);
  return { sent: sent.records, batches: foldBatches(batches.records, path) };
}

/** The files of a run that its owner appends to, as they were found. */
export interface StoredRun {
  readonly attempts: StoredLines<Attempt>;
  readonly sent: StoredLines<Sent>;
  readonly batches: StoredLines<BatchEntry>;
  readonly decisions: StoredLines<DecisionLine>;
}

/** Like `readRun`, with what the run's owner must know in order to append to its files. */
export async function readRunFiles(dir: string): Promise<{ record: RunRecord; stored: StoredRun }> {
  const manifestFile = openManifest(dir);
  const manifest = await manifestFile.read();
  const selection = await readSelection(join(dir, 'selection.jsonl'), manifest.dataset.shape);
  if (selection.length !== manifest.selected) {
    throw new EnvironmentError('run_damaged', 'The frozen selection is not complete; nothing was changed.', {
      where: join(dir, 'selection.jsonl'),
      expected: `${manifest.selected} examples`,
      found: `${selection.length}`,
    });
  }
  const attempts = await readLines(join(dir, 'attempts.jsonl'), ATTEMPT_FORMAT);
  const sent = await readLines(join(dir, 'sent.jsonl'), SENT_FORMAT);
  const batches = await readLines(join(dir, 'batches.jsonl'), BATCH_FORMAT);
  const decisions = await readLines(join(dir, 'decisions.jsonl'), DECISION_FORMAT);
  checkAttempts(join(dir, 'attempts.jsonl'), attempts.records, selection);
  const warnings = [
    ['attempts.jsonl', attempts.tornBytes] as const,
    ['sent.jsonl', sent.tornBytes] as const,
    ['batches.jsonl', batches.tornBytes] as const,
    ['decisions.jsonl', decisions.tornBytes] as const,
  ].flatMap(([name, bytes]) =>
    bytes === 0
      ? []
      : [`${name}: an unfinished last line (${bytes} bytes) was left out; a crash leaves such a line.`],
  );
  const record: RunRecord = {
    dir,
    manifest,
    selection,
    attempts: attempts.records,
    sent: sent.records,
    batches: foldBatches(batches.records, join(dir, 'batches.jsonl')),
    decisions: decisionsInForce(decisions.records),
    warnings: [...manifestFile.warnings, ...warnings],
  };
  return { record, stored: { attempts, sent, batches, decisions } };
}

function checkAttempts(path: string, attempts: readonly Attempt[], selection: readonly Example[]): void {
  const ids = new Set(selection.map((example) => example.id));
  const seen = new Set<string>();
  for (const [index, { example, attempt }] of attempts.entries()) {
    const key = JSON.stringify([example, attempt]);
    if (ids.has(example) && !seen.has(key)) {
      seen.add(key);
      continue;
    }
    throw new EnvironmentError('run_damaged', 'The attempts do not fit the run; nothing was changed.', {
      where: `${path}, line ${index + 1}`,
      found: ids.has(example)
        ? `attempt ${attempt} of example ${example} for the second time`
        : `an attempt for example ${example}, which was not selected`,
    });
  }
}
