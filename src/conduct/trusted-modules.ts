import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { Surroundings } from './surroundings.js';

/**
 * Whether the user has once named this module as a checks file. A run says which one it is judged by, but a run may
 * come from somebody else, and a module is code.
 *
 * @param path absolute
 */
export async function isTrusted(path: string, env: Surroundings['env']): Promise<boolean> {
  return (await readTrusted(listPath(env))).includes(path);
}

/**
 * Remembers that the user named this module as a checks file. Where that cannot be kept (no home, a disk that takes
 * nothing), it has to be named each time.
 *
 * @param path absolute
 */
export async function trustModule(path: string, env: Surroundings['env']): Promise<void> {
  const list = listPath(env);
  if (list === null || (await readTrusted(list)).includes(path)) return;
  try {
    await mkdir(dirname(list), { recursive: true, mode: 0o700 });
    // One short line in one write: two processes do not cut each other's in two.
    await appendFile(list, `${JSON.stringify(path)}\n`, { mode: 0o600 });
  } catch {
    // The command at hand has the module; only later ones will ask for it.
  }
}

/** Where the list is: with other programs' state, outside of every run. */
function listPath(env: Surroundings['env']): string | null {
  const { XDG_STATE_HOME: state = '', LOCALAPPDATA: windows = '', HOME: home = '' } = env;
  const folder = [state, windows, home === '' ? '' : join(home, '.local', 'state')].find(isAbsolute);
  return folder === undefined ? null : join(folder, 'burnish', 'trusted-checks.jsonl');
}

async function readTrusted(list: string | null): Promise<unknown[]> {
  if (list === null) return [];
  const text = await readFile(list, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
