import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { isAlive, ownIdentity } from './process-identity.js';

/** What a temporary name stands for: a file, or a folder, that is being filled. */
export type TemporaryKind = 'tmp' | 'new';

/**
 * A hidden name for what will become `base`, new at each call. It names the process that made it, so that what a
 * crash leaves can be told from what a living process is working on.
 */
export function temporaryName(base: string, kind: TemporaryKind): string {
  const { pid, startTicks } = ownIdentity();
  const random = randomBytes(4).toString('hex');
  return `.${base}.${pid}-${startTicks ?? ''}-${hostMark()}-${random}.${kind}`;
}

/** The name that `name` was to become, if it is a temporary one whose process has died; else null. */
export function abandonedBase(name: string, kind: TemporaryKind): string | null {
  const [, base, pid, startTicks, host, ending] =
    /^\.(.+)\.(\d+)-(\d*)-([0-9a-f]{8})-[0-9a-f]{8}\.(tmp|new)$/s.exec(name) ?? [];
  if (base === undefined || ending !== kind || host !== hostMark()) return null;
  const maker = { pid: Number(pid), host: hostname(), startTicks: startTicks || null };
  return isAlive(maker) ? null : base;
}

/** A name that is safe in file names and short, for the machine. */
function hostMark(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}
