import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckSuite } from '../checks/index.js';
import { shorten, UserError } from '../errors.js';
import { listRunNames } from '../run/list-runs.js';
import { isRun, type RunRecord } from '../run/read-run.js';
import { KeptRun } from './kept-run.js';
import type { Desk } from './parts.js';

/** What is kept in memory, unless somebody watches more; an example takes 3 to 10 KB. */
const ROOM = { runs: 8, examples: 120_000 };

export interface DeskParts {
  /** Absolute. */
  readonly runsFolder: string;
  /** What a run is judged by. */
  suiteOf(run: RunRecord): Promise<CheckSuite>;
  /** Told of faults that no request can be told of. */
  onFault(error: unknown): void;
  /** How many runs, and how many examples of all of them, are kept in memory; default: 8 and 120,000. */
  readonly room?: { readonly runs: number; readonly examples: number };
}

/** Keeps the runs in memory that were asked for last. */
export function createDesk({ runsFolder, suiteOf, onFault, room = ROOM }: DeskParts): Desk {
  /** Runs, the one asked for last at the end; one that is being opened as well. */
  const opening = new Map<string, Promise<KeptRun>>();
  const opened = new Map<string, KeptRun>();

  const hasRoom = (): boolean => {
    const examples = [...opened.values()].reduce((sum, { selection }) => sum + selection.length, 0);
    return opened.size <= room.runs && examples <= room.examples;
  };
  const forgetSome = async (newest: KeptRun): Promise<void> => {
    for (const [name, run] of opened) {
      if (hasRoom()) return;
      if (run.isWatched || run === newest) continue;
      opened.delete(name);
      opening.delete(name);
      await run.close();
    }
  };
  const openNow = async (name: string): Promise<KeptRun> => {
    const dir = await folderOf(runsFolder, name);
    const run = await KeptRun.open({ dir, suiteOf, onFault });
    opened.set(name, run);
    forgetSome(run).catch(onFault);
    return run;
  };
  return {
    names: () => listRunNames(runsFolder),
    open: async (name) => {
      const found = opening.get(name);
      const run = found ?? openNow(name);
      opening.delete(name);
      opening.set(name, run);
      if (found === undefined) run.catch(() => opening.delete(name));
      const kept = await run;
      if (opened.delete(name)) opened.set(name, kept);
      return kept;
    },
    opened: (name) => opened.get(name),
    close: async () => {
      await Promise.all([...opened.values()].map((run) => run.close()));
    },
  };
}

/**
 * The folder of a run directly below the runs folder.
 *
 * @throws UserError `run_not_found`, also for a name that leads elsewhere
 */
async function folderOf(runsFolder: string, name: string): Promise<string> {
  const dir = join(runsFolder, name);
  const isPlain = !/[/\\\0]/.test(name) && !name.startsWith('.') && name !== '';
  if (isPlain && (await isRun(dir)) && (await realpath(dir)) === join(await realpath(runsFolder), name))
    return dir;
  throw new UserError('run_not_found', 'There is no such run.', {
    expected: 'the name of a run below the runs folder',
    found: shorten(name),
  });
}
