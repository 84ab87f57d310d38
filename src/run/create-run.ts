import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncPath } from '../atomic-file.js';
import type { Example } from '../dataset/example.js';
import { UserError } from '../errors.js';
import type { Prompt } from '../prompt/prompt.js';
import { MANIFEST_VERSION, type Manifest } from './manifest.js';
import { openManifest } from './manifest-file.js';
import { saveRunPrompt } from './run-prompt.js';
import { writeSelection } from './selection-file.js';

/**
 * Makes a run directory, whole or not at all: it is filled under another name and then renamed.
 *
 * @throws UserError `run_conflict` when something else is already there
 */
export async function createRun(
  dir: string,
  manifest: Omit<Manifest, 'v'>,
  selection: readonly Example[],
  prompt: Prompt,
): Promise<void> {
  await mkdir(dirname(dir), { recursive: true });
  const draft = join(dirname(dir), `.${basename(dir)}.${randomBytes(4).toString('hex')}.new`);
  try {
    await mkdir(join(draft, 'prompts'), { recursive: true });
    await saveRunPrompt(draft, prompt);
    await writeSelection(join(draft, 'selection.jsonl'), selection);
    for (const name of ['attempts.jsonl', 'decisions.jsonl']) await writeFile(join(draft, name), '');
    await openManifest(draft).write({ v: MANIFEST_VERSION, ...manifest });
    await syncPath(draft);
    await rename(draft, dir);
    await syncPath(dirname(dir));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw new UserError('run_conflict', 'The run cannot be made there: something else is in that place.', {
        where: dir,
        expected: 'a name that is free, or an empty folder, or a run',
        hint: 'Give another folder with --run.',
      });
    }
    throw error;
  }
}
