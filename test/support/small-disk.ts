import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOOKS = fileURLToPath(new URL('./source-hooks.js', import.meta.url));

/** Whether a small disk can be mounted here: in a name space of its own, so that nothing of it stays. */
export const smallDisk = onSmallDisk(64, ['true']).status === 0;

/**
 * Runs a script of the tests with the path of a file on a disk of its own, in memory, as its first argument.
 *
 * @param script path relative to `test/`
 * @returns what it writes to stdout, which is JSON
 */
export function runOnSmallDisk<T>(sizeKiB: number, script: string, args: readonly string[]): T {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const node = [process.execPath, '--no-warnings', '--import', HOOKS, path, './file', ...args] as const;
  const { stdout, stderr, status } = onSmallDisk(sizeKiB, node);
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Runs a command in a folder that is a disk of this size. */
export function onSmallDisk(
  sizeKiB: number,
  command: readonly string[],
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-disk-'));
  try {
    const mount = `mount -t tmpfs -o size=${sizeKiB}k tmpfs "$0" && cd "$0" && exec "$@"`;
    return spawnSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', mount, folder, ...command], {
      encoding: 'utf8',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
