import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { abandonedBase, type TemporaryKind, temporaryName } from './temporary-name.js';

/**
 * Publishes a file whole or not at all: `write` fills a temporary file beside `path` that only this call
 * knows, `verify` may look at it, then it is synced, renamed into place, and the folder is synced as well.
 * What a process that was killed while publishing the same file has left beside it is removed first.
 * Something that is no regular file (a pipe, `/dev/stdout`) cannot be replaced and is written to directly.
 */
export async function publishFile(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
  verify: (temporaryPath: string) => Promise<void> = async () => {},
): Promise<void> {
  const target = await resolveLink(path);
  if (await isSpecialFile(target)) return write(target);
  const folder = dirname(target);
  await removeAbandoned(folder, 'tmp', basename(target));
  const temporaryPath = join(folder, temporaryName(basename(target), 'tmp'));
  try {
    await write(temporaryPath);
    await verify(temporaryPath);
    await syncPath(temporaryPath);
    await rename(temporaryPath, target);
    await syncPath(folder);
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}

/** Forces a file, or the entries of a folder, to the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Removes what processes that have died were filling in a folder; never what a living one is.
 *
 * @param base only what was to become this; without it, everything
 */
export async function removeAbandoned(folder: string, kind: TemporaryKind, base?: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    // One may be allowed to write to a folder and not to list it; and if it is not there, the caller will find out.
    if (['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return;
    throw error;
  }
  for (const name of names) {
    const found = abandonedBase(name, kind);
    if (found === null || (base !== undefined && found !== base)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Where a symbolic link leads, so that the link stays and its target is replaced. */
async function resolveLink(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path;
    throw error;
  }
}

async function isSpecialFile(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return !found.isFile() && !found.isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
