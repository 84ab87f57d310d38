import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt } from './attempt.js';
import { AttemptLog } from './attempt-log.js';
import { Ballast } from './ballast.js';
import type { BatchEntry } from './batch/batch-entry.js';
import { applyEntry, type BatchRecord } from './batch/batch-record.js';
import { removeLeftovers } from './leftovers.js';
import { LineLog } from './line-log.js';
import { type Lock, takeLock } from './lock.js';
import type { RunSettings } from './manifest.js';
import { openManifest } from './manifest-file.js';
import { cutTornEnd, type StoredLines } from './read-lines.js';
import { type RunRecord, readRunFiles } from './read-run.js';
import type { Sent } from './sent.js';
import type { Snapshot } from './snapshot.js';

/** A run that this process alone may send requests for. */
export interface OwnedRun extends RunRecord {
  readonly attempts: Attempt[];
  readonly sent: Sent[];
  readonly batches: BatchRecord[];
  /**
   * Writes down that a request is about to be sent. It is also pushed to `sent`.
   *
   * @throws EnvironmentError when this, or anything before, could not be saved: then it must not be sent
   */
  noteSent(sent: Sent): void;
  /**
   * Writes down what becomes of a batch; `batches` shows it at once.
   *
   * @returns a promise that resolves when it is safe on the disk, and rejects with an EnvironmentError when it cannot be
   *   made so
   */
  noteBatch(entry: BatchEntry): Promise<void>;
  /**
   * Saves an attempt. It is also pushed to `attempts`, at once: it was made, whether it can be saved or not.
   *
   * @returns a promise that resolves when it is safe on the disk, and rejects with an EnvironmentError when it is not
   *   saved now. It is tried again later; `close` tells what could not be saved in the end.
   */
  append(attempt: Attempt): Promise<void>;
  /**
   * Waits until little enough is unsynced. To be called before a request is sent.
   *
   * @throws EnvironmentError when anything could not be saved: nothing more may be paid for
   */
  room(): Promise<void>;
  /** Saves the settings of this call; `manifest` has them from then on. */
  saveSettings(settings: RunSettings): Promise<void>;
  /** Remembers what a completed check said, and that the run is judged by its checks file. */
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  /**
   * Syncs, closes, and gives the lock back.
   *
   * @throws EnvironmentError that says how many answers, of which examples, could not be saved
   */
  close(): Promise<void>;
}

/**
 * Opens a run in order to send requests for it, and clears away what a crash has left.
 *
 * @throws UserError `run_locked` when another process does so at this moment; EnvironmentError when the run is
 *   damaged, or the disk is too full to begin
 */
export async function ownRun(dir: string): Promise<OwnedRun> {
  await openManifest(dir).read();
  const lock = await takeLock(join(dir, 'lock'), 'sending requests for this run');
  try {
    return await openOwned(dir, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openOwned(dir: string, lock: Lock): Promise<OwnedRun> {
  // Everything is read first: a run that is damaged is left as it is.
  const { record, stored } = await readRunFiles(dir);
  const manifestFile = openManifest(dir);
  const manifest = await manifestFile.read();
  const warnings = [...new Set([...manifestFile.warnings, ...record.warnings])];
  await removeLeftovers(dir);
  const ballast = await Ballast.take(join(dir, 'ballast'));
  try {
    if (manifestFile.warnings.length > 0) await manifestFile.write(manifest);
    const path = join(dir, 'attempts.jsonl');
    const attemptLog = new AttemptLog(path, await openLog(path, stored.attempts), ballast);
    const sentLog = await openLog(join(dir, 'sent.jsonl'), stored.sent);
    const openBatchLog = () => openLog(join(dir, 'batches.jsonl'), stored.batches);
    return { ...record, warnings, ...writable(record, { attemptLog, sentLog, openBatchLog }, lock) };
  } catch (error) {
    ballast.spend();
    throw error;
  }
}

/** Opens a file of whole lines, once what a crash has left at its end is put right. */
async function openLog(path: string, stored: StoredLines<unknown>): Promise<LineLog> {
  await cutTornEnd(path, stored);
  if (stored.unterminated) await appendFile(path, '\n');
  return LineLog.open(path);
}

interface Logs {
  readonly attemptLog: AttemptLog;
  readonly sentLog: LineLog;
  /** Most runs need none. */
  readonly openBatchLog: () => Promise<LineLog>;
}

function writable(
  { dir, manifest, ...stored }: RunRecord,
  { attemptLog, sentLog, openBatchLog }: Logs,
  lock: Lock,
): Omit<OwnedRun, Exclude<keyof RunRecord, 'attempts' | 'sent' | 'batches'>> {
  const attempts = [...stored.attempts];
  const sent = [...stored.sent];
  const batches = [...stored.batches];
  let batchLog: Promise<LineLog> | null = null;
  return {
    attempts,
    sent,
    batches,
    noteSent: (line) => {
      attemptLog.requireSound();
      sentLog.append(line);
      sent.push(line);
    },
    noteBatch: async (entry) => {
      const place = batches.findIndex(({ intent }) => intent.batch === entry.batch);
      const next = applyEntry(batches[place], entry);
      if (next === null) throw new Error(`"${entry.kind}" does not follow for batch ${entry.batch}.`);
      batchLog ??= openBatchLog();
      const synced = (await batchLog).append(entry);
      if (place === -1) batches.push(next);
      else batches[place] = next;
      await synced;
    },
    append: (attempt) => {
      attempts.push(attempt);
      return attemptLog.append(attempt);
    },
    room: async () => {
      await attemptLog.room();
      await sentLog.room();
    },
    saveSettings: async (settings) => {
      await openManifest(dir).update((manifest) => {
        manifest.settings = settings;
      });
      manifest.settings = settings;
    },
    saveSnapshot: async (snapshot) => {
      await openManifest(dir).update((manifest) => {
        manifest.snapshot = snapshot;
        manifest.settings.checks = snapshot.checksFile;
      });
      manifest.snapshot = snapshot;
      manifest.settings.checks = snapshot.checksFile;
    },
    close: async () => {
      const closed = await Promise.allSettled([
        attemptLog.close(),
        sentLog.close(),
        batchLog?.then((log) => log.close()),
      ]);
      await lock.release();
      // The first that failed: what is said of answers that could not be saved matters most.
      for (const end of closed) if (end.status === 'rejected') throw end.reason;
    },
  };
}
