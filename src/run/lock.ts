import { createHash, randomUUID } from 'node:crypto';
import { link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { isAlive, ownIdentity } from '../process-identity.js';
import { writeFault } from './write-fault.js';

/** How often a waiting process looks again, in milliseconds. */
const POLL_MS = 20;

/** From this age on, a claim that does not say whose it is is not being written any more, in milliseconds. */
const HALF_WRITTEN_MS = 60_000;

/** A process, as in `ProcessIdentity`, and what it holds. */
const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
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
 * @throws UserError with code `run_locked` when a living process holds it; EnvironmentError when the folder takes no
 *   file
 */
export async function takeLock(path: string, what: string, waitMs = 0): Promise<Lock> {
  const deadline = performance.now() + waitMs;
  const own: Holder = { ...ownIdentity(), nonce: randomUUID(), since: new Date().toISOString() };
  const ownFile = `${path}.${own.nonce}`;
  try {
    await claim(ownFile, own);
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

/** The living process that holds the lock `path`; null for nobody. */
export async function lockHolder(path: string): Promise<Pick<Holder, 'pid' | 'host' | 'since'> | null> {
  const { holder } = await readHolder(path);
  return holder !== null && isAlive(holder) ? holder : null;
}

/**
 * Removes what takers of the lock `path` have left beside it when they were killed; never what a living one uses. Only
 * for the lock's holder: while it is held, nobody takes over anything that could be removed too early.
 */
export async function removeDeadClaims(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const claimFile = join(dirname(path), name);
    if (!(await isUsed(claimFile))) await rm(claimFile, { force: true });
  }
}

async function isUsed(claimFile: string): Promise<boolean> {
  const { text, holder } = await readHolder(claimFile);
  if (holder !== null) return isAlive(holder);
  if (text === null) return false;
  const found = await stat(claimFile).catch(() => null); // given back in between
  return found !== null && Date.now() - found.mtimeMs < HALF_WRITTEN_MS;
}

async function claim(ownFile: string, own: Holder): Promise<void> {
  try {
    await writeFile(ownFile, JSON.stringify(own));
  } catch (error) {
    throw writeFault(error, ownFile);
  }
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
