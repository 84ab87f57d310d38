import { join, relative, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { listRunNames } from '../run/list-runs.js';
import { isRun } from '../run/read-run.js';

/** Where runs are made, below the working folder. */
export const RUNS_FOLDER = 'runs';

/** The runs below `<cwd>/runs`, the one used last first. */
export async function listRuns(cwd: string): Promise<string[]> {
  const folder = join(cwd, RUNS_FOLDER);
  return (await listRunNames(folder)).map((name) => join(folder, name));
}

/**
 * The directory of the run that a person named: a path, a name below `runs`, the unique beginning of one, or
 * nothing at all for the run used last.
 *
 * @throws UserError `run_not_found`
 */
export async function findRun(name: string | undefined, cwd: string): Promise<string> {
  if (name !== undefined && (await isRun(resolve(cwd, name)))) return resolve(cwd, name);
  const runs = await listRuns(cwd);
  const names = runs.map((dir) => relative(join(cwd, RUNS_FOLDER), dir));
  if (name === undefined && runs[0] !== undefined) return runs[0];
  const exact = name === undefined ? undefined : runs[names.indexOf(name)];
  if (exact !== undefined) return exact;
  const matches = name === undefined ? [] : runs.filter((_, index) => names[index]?.startsWith(name));
  if (matches[0] !== undefined && matches.length === 1) return matches[0];
  throw new UserError('run_not_found', 'There is no such run.', {
    expected: 'the folder of a run, or its name below ./runs',
    found:
      name === undefined
        ? 'no run below ./runs'
        : `${name}${matches.length > 1 ? ', which fits several' : ''}`,
    hint:
      names.length === 0 ? '`burnish refine` begins one.' : `There are: ${names.slice(0, 10).join(', ')}.`,
  });
}
