import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { VERDICTS } from '../../checks/index.js';
import { shorten, UserError } from '../../errors.js';
import { isRun } from '../../run/read-run.js';
import { checkFiles } from '../check-files.js';
import { checkIdsOption } from '../check-ids.js';
import type { CheckOptions } from '../check-report.js';
import { checkRun } from '../check-run.js';
import type { Finish } from '../command-module.js';
import type { Io } from '../io.js';
import { checksOption, jsonOption, skipBadRowsOption } from '../options.js';

const EXAMPLES = `
Two files are paired by the ids that their rows bring; else by instruction and
input; else by order, if the instructions agree. Exit status of two files: 0 no
response fails, 3 some do, 2 they cannot be read or paired.

Examples:
  # after an update, or with other thresholds: what is judged otherwise now
  $ burnish check runs/alpaca-1f2e3d4c --checks strict.yaml
  # any refined dataset, and one of its rows
  $ burnish check original.json refined.json
  $ burnish check original.json refined.json --id 7
  # in a pipeline
  $ burnish check original.json refined.json --json > report.json || exit 1`;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Checks refined responses offline, without asking any model: the replies of a run, read and checked afresh, or ' +
        'one dataset file against another.',
    )
    .argument(
      '[run-or-original]',
      'folder or name of a run (default: the one used last), or a file of originals',
    )
    .argument('[refined]', 'with a file of originals: the file with the refined responses')
    .addOption(checksOption())
    .addOption(new Option('--only <verdict>', 'list the rows with this verdict').choices(VERDICTS))
    .addOption(checkIdsOption('list the rows in which one of these checks found something'))
    .option('--id <id>', 'one row, with the text that was found')
    .addOption(skipBadRowsOption())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (first: string | undefined, refined: string | undefined, options: CheckOptions) => {
      finish(await check(first, refined, options, io));
    });
}

async function check(
  first: string | undefined,
  refined: string | undefined,
  options: CheckOptions,
  io: Io,
): Promise<number> {
  if (first !== undefined && refined !== undefined) {
    if (!(await isRun(resolve(io.cwd, first)))) return checkFiles(first, refined, options, io);
    throw usageError('a run, and a file with it', `${first} ${refined}`);
  }
  if (first !== undefined && (await isFile(resolve(io.cwd, first)))) throw usageError('one file', first);
  return checkRun(first, options, io);
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && !found.isDirectory();
}

function usageError(what: string, given: string): UserError {
  return new UserError('usage', 'It is not clear what is to be checked.', {
    expected: '`burnish check RUN`, or `burnish check ORIGINAL REFINED`',
    found: `${what}: ${shorten(given)}`,
  });
}
