import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFAULT_SUITE, isModule, loadChecks } from '../checks/index.js';
import { UserError } from '../errors.js';
import { visible } from '../report/visible.js';
import type { RunRecord } from '../run/read-run.js';
import type { StoredChecksFile } from '../run/snapshot.js';
import type { CheckedWith } from '../run/take-snapshot.js';
import type { Io } from './io.js';
import { shortPath } from './short-path.js';
import { isTrusted, trustModule } from './trusted-modules.js';
import { packageVersion } from './version.js';

/** What takes a checks file away, in the place of its name. */
const NONE = 'none';

/**
 * The checks by which replies are judged.
 *
 * @param named what was given with `--checks`: a file, or `none`
 * @param remembered the file of the run
 * @throws UserError `config`
 */
export async function chooseChecks(
  named: string | undefined,
  remembered: StoredChecksFile | null,
  io: Io,
): Promise<CheckedWith> {
  if (named === NONE || (named === undefined && remembered === null)) {
    return { suite: DEFAULT_SUITE, file: null, burnish: packageVersion() };
  }
  const path = named === undefined ? (remembered?.path ?? '') : resolve(io.cwd, named);
  if (named === undefined) await requireUsable(path, io);
  const { suite, sha256 } = await loadChecks(path);
  if (named !== undefined && isModule(path)) await trustModule(path, io.env);
  if (named === undefined && sha256 !== remembered?.sha256) {
    io.stderr.write(
      `note: ${visible(shortPath(path, io.cwd))} was changed since the run was last checked; it is used as it is now.\n`,
    );
  }
  return { suite, file: { path, sha256 }, burnish: packageVersion() };
}

/** The checks that a run is judged by. */
export function checksOfRun({ manifest }: RunRecord, io: Io): Promise<CheckedWith> {
  return chooseChecks(undefined, manifest.settings.checks, io);
}

/** Refuses a file that the run names and that cannot be used without a word from the user. */
async function requireUsable(path: string, io: Io): Promise<void> {
  if (!existsSync(path)) {
    throw new UserError('config', 'The checks file of the run is not there any more.', {
      where: path,
      expected: 'the file that the run was checked with',
      hint: 'Put it back, or name another: `burnish check RUN --checks FILE`; `--checks none` goes on without.',
    });
  }
  if (!isModule(path) || (await isTrusted(path, io.env))) return;
  throw new UserError(
    'config',
    'The run names a module with checks, which is code that you have not named yourself.',
    {
      where: path,
      expected: 'a module that was given with --checks on this machine before',
      hint: 'If you trust it, name it: `burnish check RUN --checks FILE`; `--checks none` goes on without.',
    },
  );
}
