import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { shorten, UserError } from '../../errors.js';
import { isRun } from '../../run/read-run.js';
import type { Finish } from '../command-module.js';
import { diffFiles } from '../diff-files.js';
import { type DiffOptions, diffOptions, requireFitting } from '../diff-options.js';
import { diffRun } from '../diff-run.js';
import type { Io } from '../io.js';

const EXAMPLES = `
On a terminal what was removed is red and struck through, what was added green,
and what was moved cyan; what checks found is underlined. Elsewhere it is
[-removed-], {+added+}, [~1:moved away~], {~1:moved here~} and <1<found>1>.
What is longer than the screen goes through $PAGER, else through less.

Examples:
  # what needs a look, the most changed first
  $ burnish diff --only flag,fail --sort change
  # one example: both texts beside each other, and what was asked
  $ burnish diff --id 7 --side-by-side --request
  # any refined dataset beside its original
  $ burnish diff original.json refined.json --id 7
  # all of it as one file, to be opened in a browser, printed or sent to somebody
  $ burnish diff --html report.html`;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Compares original and refined responses, of a run or of two files: a list of all that were answered, or one ' +
        'example word by word. Change is the share of the words of both texts that only one of them has.',
    )
    .argument(
      '[run-or-original]',
      'folder or name of a run (default: the one used last), or a file of originals',
    )
    .argument('[refined]', 'with a file of originals: the file with the refined responses');
  for (const option of diffOptions()) command.addOption(option);
  command
    .addHelpText('after', EXAMPLES)
    .action(async (first: string | undefined, refined: string | undefined, options: DiffOptions) => {
      await diff(first, refined, options, io);
      finish(0);
    });
}

async function diff(
  first: string | undefined,
  refined: string | undefined,
  options: DiffOptions,
  io: Io,
): Promise<void> {
  if (first !== undefined && refined !== undefined) {
    if (await isRun(resolve(io.cwd, first)))
      throw usageError('a run, and a file with it', `${first} ${refined}`);
    requireFitting(options, false);
    return diffFiles(first, refined, options, io);
  }
  if (first !== undefined && (await isFile(resolve(io.cwd, first)))) throw usageError('one file', first);
  requireFitting(options, true);
  return diffRun(first, options, io);
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && !found.isDirectory();
}

function usageError(what: string, given: string): UserError {
  return new UserError('usage', 'It is not clear what is to be compared.', {
    expected: '`burnish diff RUN`, or `burnish diff ORIGINAL REFINED`',
    found: `${what}: ${shorten(given)}`,
  });
}
