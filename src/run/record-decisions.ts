import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DECISION_FORMAT, type DecisionLine } from './decision.js';
import { LineLog } from './line-log.js';
import { takeLock } from './lock.js';
import { cutTornEnd, readLines } from './read-lines.js';

/** Saving takes milliseconds, so another process's turn is worth waiting for. */
const LOCK_WAIT_MS = 5000;

/**
 * Adds decisions to a run. It has a short lock of its own, so that people can decide while requests are
 * being sent.
 */
export async function recordDecisions(dir: string, lines: readonly DecisionLine[]): Promise<void> {
  const path = join(dir, 'decisions.jsonl');
  const lock = await takeLock(join(dir, 'decisions.lock'), 'saving decisions of this run', LOCK_WAIT_MS);
  try {
    const stored = await readLines(path, DECISION_FORMAT);
    await cutTornEnd(path, stored);
    if (stored.unterminated) await appendFile(path, '\n');
    const log = await LineLog.open(path);
    for (const line of lines) log.append(line).catch(() => {}); // `close` throws what went wrong
    await log.close();
  } finally {
    await lock.release();
  }
}
