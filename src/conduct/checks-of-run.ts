import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFAULT_SUITE, isModule, loadChecks } from '../checks/index.js';
import { UserError } from '../errors.js';
import type { RunRecord } from '../run/read-run.js';
import type { StoredChecksFile } from '../run/snapshot.js';
import type { CheckedWith } from '../run/take-snapshot.js';
import { shortPath } from '../short-path.js';
import { packageVersion } from '../version.js';
import type { Surroundings } from './surroundings.js';
import { isTrusted, trustModule } from './trusted-modules.js';

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
  around: Surroundings,
): Promise<CheckedWith> {
  const burnish = packageVersion();
  if (named === undefined && remembered !== null)
    return { ...(await loadRemembered(remembered, around)), burnish };
  if (named === undefined || named === NONE) return { suite: DEFAULT_SUITE, file: null, burnish };
  const { suite, ...file } = await loadChecks(resolve(around.cwd, named));
  if (isModule(file.path)) await trustModule(file.path, around.env);
  return { suite, file, burnish };
}

/** The checks that a run is judged by. */
export function checksOfRun({ manifest }: RunRecord, around: Surroundings): Promise<CheckedWith> {
  return chooseChecks(undefined, manifest.settings.checks, around);
}

async function loadRemembered(
  { path, sha256 }: StoredChecksFile,
  around: Surroundings,
): Promise<Pick<CheckedWith, 'suite' | 'file'>> {
  await requireUsable(path, around);
  const { suite, ...file } = await loadChecks(path);
  if (file.sha256 !== sha256) {
    around.tell(
      `note: ${shortPath(path, around.cwd)} was changed since the run was last checked; it is used as it is now.`,
    );
  }
  return { suite, file };
}

/** Refuses a file that the run names and that cannot be used without a word from the user. */
async function requireUsable(path: string, around: Surroundings): Promise<void> {
  if (!existsSync(path)) {
    throw new UserError('config', 'The checks file of the run is not there any more.', {
      where: path,
      expected: 'the file that the run was checked with',
      hint: 'Put it back, or name another: `burnish check RUN --checks FILE`; `--checks none` goes on without.',
    });
  }
  if (!isModule(path) || (await isTrusted(path, around.env))) return;
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
