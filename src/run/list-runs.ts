import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRun } from './read-run.js';

/** Files that tell when a run was used last. */
const USED_FILES = ['attempts.jsonl', 'run.json', 'decisions.jsonl'];

/** The names of the runs directly below a folder, the one used last first; none when there is no such folder. */
export async function listRunNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found: { readonly name: string; readonly usedMs: number }[] = [];
  for (const name of names) {
    const dir = join(folder, name);
    if (name.startsWith('.') || !(await isRun(dir))) continue;
    const times = await Promise.all(
      // A run that lacks a file is told of when it is read.
      USED_FILES.map((file) =>
        stat(join(dir, file)).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      ),
    );
    found.push({ name, usedMs: Math.max(...times) });
  }
  return found.sort((one, other) => other.usedMs - one.usedMs).map(({ name }) => name);
}
