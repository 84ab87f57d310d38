import { join, resolve } from 'node:path';
import type { RefinementOptions } from '../conduct/call-options.js';
import { type PreparedRun, prepareRunOf, prepareToGoOn } from '../conduct/prepare-run.js';
import { UserError } from '../errors.js';
import { formatCount, formatNumberOf } from '../report/figures.js';
import { visible } from '../report/visible.js';
import { openManifest } from '../run/manifest-file.js';
import { describeRule } from '../select/index.js';
import { shortPath } from '../short-path.js';
import { findRun, RUNS_FOLDER } from './find-run.js';
import type { Io } from './io.js';
import { checkOutput } from './output.js';

/**
 * Finds or drafts the run that `burnish refine` was asked for.
 *
 * @param named what `--run` gave
 * @throws UserError
 */
export async function prepareRun(
  dataset: string | undefined,
  named: string | undefined,
  options: RefinementOptions,
  io: Io,
): Promise<PreparedRun> {
  const { output } = options;
  if (dataset !== undefined) {
    if (output !== undefined) await checkOutput(resolve(io.cwd, output), [resolve(io.cwd, dataset)]);
    const folderOf = (name: string): string =>
      named === undefined ? join(io.cwd, RUNS_FOLDER, name) : resolve(io.cwd, named);
    return prepareRunOf(dataset, options, folderOf, io);
  }
  if (named === undefined) {
    throw new UserError('usage', 'Neither a dataset nor a run was given.', {
      expected: '`burnish refine DATASET`, or `burnish refine --run DIR` to go on with a run',
      hint: '`burnish refine --help` shows examples; `burnish demo` needs neither.',
    });
  }
  const dir = await findRun(named, io.cwd);
  if (output !== undefined) {
    const { dataset } = await openManifest(dir).read();
    await checkOutput(resolve(io.cwd, output), [dataset.path]);
  }
  return prepareToGoOn(dir, options, io);
}

/** Tells on stderr which run it is. */
export function printHeader({ dir, draft, manifest, spec, prompt, settings }: PreparedRun, io: Io): void {
  const { dataset, identity, selected } = manifest;
  const badRows = Object.entries(dataset.badRows).map(
    ([reason, count]) => `, ${formatCount(count)} skipped: ${reason}`,
  );
  const empty =
    dataset.emptyResponses === 0
      ? ''
      : `, ${formatCount(dataset.emptyResponses)} with an empty response (never selected)`;
  const lines = [
    `dataset:   ${visible(shortPath(dataset.path, io.cwd))}: ${formatNumberOf(dataset.rows, 'row')} (${dataset.shape})${empty}${badRows.join('')}`,
    `selection: ${formatNumberOf(selected, 'example')}: ${visible(describeRule(identity.selection))}`,
    `prompt:    ${prompt.settings.name} ${prompt.settings.version}, temperature ${identity.temperature}, at most ${formatCount(identity.maxTokens)} tokens`,
    `model:     ${visible(spec.name)}${settings.baseUrl === null ? '' : ` at ${visible(settings.baseUrl)}`}`,
    ...(settings.checks === null ? [] : [`checks:    ${visible(shortPath(settings.checks.path, io.cwd))}`]),
    ...(settings.judge === null
      ? []
      : [
          `judge:     ${visible(settings.judge)}, on ${settings.judgeAll ? 'all replies' : 'what the rules do not fail'}`,
        ]),
    `run:       ${visible(shortPath(dir, io.cwd))} (${draft === null ? 'going on' : 'new'})`,
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
}
