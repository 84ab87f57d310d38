import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { syncPath } from '../atomic-file.js';
import type { Example } from '../dataset/example.js';
import { UserError } from '../errors.js';
import type { Prompt } from '../prompt/prompt.js';
import { temporaryName } from '../temporary-name.js';
import { MANIFEST_VERSION, type Manifest } from './manifest.js';
import { openManifest } from './manifest-file.js';
import { saveRunPrompt } from './run-prompt.js';
import { writeSelection } from './selection-file.js';
import { systemCode, writeFault } from './write-fault.js';

/**
 * Makes a run directory, whole or not at all: it is filled under another name and then renamed.
 *
 * @throws UserError `run_conflict` when something else is already there; EnvironmentError when the system refuses to write
 */
export async function createRun(
  dir: string,
  manifest: Omit<Manifest, 'v'>,
  selection: readonly Example[],
  prompt: Prompt,
): Promise<void> {
  const parent = dirname(resolve(dir));
  await makeFolder(parent);
  const draft = join(parent, temporaryName(basename(dir), 'new'));
  try {
    await mkdir(draft);
    await mkdir(join(draft, 'prompts'));
    await saveRunPrompt(draft, prompt);
    await writeSelection(join(draft, 'selection.jsonl'), selection);
    for (const name of ['attempts.jsonl', 'decisions.jsonl']) await makeEmptyFile(join(draft, name));
    await openManifest(draft).write({ v: MANIFEST_VERSION, ...manifest });
    await syncPath(draft);
    await rename(draft, dir);
    await syncPath(parent);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw new UserError('run_conflict', 'The run cannot be made there: something else is in that place.', {
        where: dir,
        expected: 'a name that is free, or an empty folder, or a run',
        hint: 'Give another folder with --run.',
      });
    }
    throw systemCode(error) === undefined ? error : writeFault(error, dir);
  }
}

/** Makes a folder, and those above it that are missing, and syncs the entry of each. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncPath(dirname(made));
}

async function makeEmptyFile(path: string): Promise<void> {
  await using file = await open(path, 'wx');
  await file.sync();
}
