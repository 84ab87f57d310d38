import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '../errors.js';

/** How often a waiting process looks again, in milliseconds. */
const POLL_MS = 20;

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  /** When the process started, in the kernel's ticks; tells a reused process id apart. null where unknown. */
  startTicks: z.string().nullable(),
  nonce: z.string(),
  since: z.string(),
});

type Holder = z.infer<typeof holderSchema>;

/** A lock that is held; `release` gives it back. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock file `path`, so that only one process at a time does what it guards. A lock left behind by
 * a dead process of this machine is taken over.
 *
 * @param what what the holder is doing, for the message
 * @param waitMs how long to wait for a living process to give the lock back
 * @throws UserError with code `run_locked` when a living process holds it
 */
export async function takeLock(path: string, what: string, waitMs = 0): Promise<Lock> {
  const deadline = performance.now() + waitMs;
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    startTicks: startTicksOf(process.pid),
    nonce: randomUUID(),
    since: new Date().toISOString(),
  };
  const ownFile = `${path}.${own.nonce}`;
  await writeFile(ownFile, JSON.stringify(own));
  try {
    await acquire(path, ownFile, what, deadline);
  } finally {
    await rm(ownFile, { force: true });
  }
  return {
    release: async () => {
      if ((await readHolder(path)).holder?.nonce === own.nonce) await rm(path, { force: true });
    },
  };
}

/** Links `ownFile` to `path`: unlike creating and then filling it, a lock is never seen half written. */
async function acquire(path: string, ownFile: string, what: string, deadline: number): Promise<void> {
  for (;;) {
    try {
      return await link(ownFile, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = await readHolder(path);
    if (found.text === null) continue; // given back in between
    if (found.holder === null || !isAlive(found.holder)) {
      if (await takeOver(path, found.text, ownFile, what, deadline)) return;
    } else if (performance.now() < deadline) {
      await sleep(POLL_MS);
    } else {
      throw lockedError(path, found.holder, what);
    }
  }
}

/**
 * Replaces a dead process's lock. Whoever wants to do so first takes a second lock named after the dead
 * one's content, so that of several only one replaces it, and a lock that is already replaced is left alone.
 */
async function takeOver(
  path: string,
  deadText: string,
  ownFile: string,
  what: string,
  deadline: number,
): Promise<boolean> {
  const guard = `${path}.${createHash('sha256').update(deadText).digest('hex').slice(0, 16)}.takeover`;
  await acquire(guard, ownFile, what, deadline);
  try {
    if ((await readHolder(path)).text !== deadText) return false;
    const replacement = `${ownFile}.new`;
    await link(ownFile, replacement);
    await rename(replacement, path);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

async function readHolder(path: string): Promise<{ text: string | null; holder: Holder | null }> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: null, holder: null };
    throw error;
  }
  try {
    return { text, holder: holderSchema.parse(JSON.parse(text)) };
  } catch {
    return { text, holder: null }; // cut off by a crash of the machine: nobody holds it any more
  }
}

function isAlive(holder: Holder): boolean {
  // Another machine's processes cannot be asked, so its lock counts until somebody removes it.
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return holder.startTicks === null || holder.startTicks === startTicksOf(holder.pid);
}

/** Field 22 of /proc/PID/stat (proc(5)); null where there is no such file. */
function startTicksOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null; // not Linux, or the process is gone
  }
}

function lockedError(path: string, holder: Holder, what: string): UserError {
  const elsewhere = holder.host !== hostname();
  return new UserError('run_locked', `Another process is ${what}.`, {
    where: path,
    found: `process ${holder.pid}${elsewhere ? ` on ${holder.host}` : ''}, since ${holder.since}`,
    hint: elsewhere
      ? 'Wait for it. If that machine is gone, delete the lock file.'
      : 'Wait for it, or stop it with Ctrl-C.',
  });
}
