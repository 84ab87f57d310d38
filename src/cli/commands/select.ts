import { resolve } from 'node:path';
import type { Command } from 'commander';
import { publishFile } from '../../atomic-file.js';
import {
  containerOf,
  openDataset,
  type ShapeName,
  serializeRows,
  shapeNamed,
  writeDatasetFile,
} from '../../dataset/index.js';
import { formatCount, formatNumberOf } from '../../report/figures.js';
import { visible } from '../../report/visible.js';
import { type Selection, selectExamples } from '../../select/index.js';
import type { Finish } from '../command-module.js';
import { shortPath } from '../conclusion.js';
import type { Io } from '../io.js';
import { fromOption, jsonOption, selectionOptions, skipBadRowsOption, toOption } from '../options.js';
import { checkOutput } from '../output.js';
import { selectionRule } from '../prepare-run.js';
import type { SelectionOptions } from '../refine-options.js';
import { writeJson } from '../write-json.js';

interface SelectOptions extends SelectionOptions {
  readonly output?: string;
  readonly from?: ShapeName;
  readonly to?: ShapeName;
  readonly skipBadRows?: boolean;
  readonly json?: boolean;
}

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description('Writes the examples with the longest responses, in dataset order. Asks no model.')
    .argument('<dataset>', 'Alpaca or fastchat rows, as .json or .jsonl, also .gz')
    .option('-o, --output <file>', 'where the rows go (default: stdout)');
  for (const option of selectionOptions()) command.addOption(option);
  for (const option of [fromOption(), toOption(), skipBadRowsOption(), jsonOption()])
    command.addOption(option);
  command
    .addHelpText('after', '\nExample:\n  $ burnish select alpaca.json --top 1000 --by chars -o longest.jsonl')
    .action(async (dataset: string, options: SelectOptions) => {
      finish(await select(dataset, options, io));
    });
}

async function select(datasetPath: string, options: SelectOptions, io: Io): Promise<number> {
  const output = options.output === undefined ? null : resolve(io.cwd, options.output);
  if (output !== null) await checkOutput(output);
  const dataset = openDataset(resolve(io.cwd, datasetPath), {
    from: options.from,
    skipBadRows: options.skipBadRows,
  });
  const rule = (await selectionRule(options, io)) ?? { kind: 'top', by: options.by, top: 1000 };
  const selection = await selectExamples(dataset, rule);
  const shape = shapeNamed(options.to ?? selection.dataset.shape);
  const rows = selection.examples.map((example) => shape.write(example, example.response));
  if (output !== null) {
    await publishFile(output, (temporaryPath) => writeDatasetFile(temporaryPath, rows, containerOf(output)));
  } else if (options.json !== true) {
    for (const piece of serializeRows(rows, selection.dataset.container)) io.stdout.write(piece);
  }
  const { dataset: found, metric, available, threshold, lengths } = selection;
  if (options.json === true) {
    const chosen = selection.examples.map(({ id }, place) => ({ id, length: lengths[place] ?? null }));
    const { rows: read, shape: name, emptyResponses, badRows } = found;
    const data = {
      metric,
      read,
      shape: name,
      emptyResponses,
      badRows,
      available,
      threshold,
      output,
      rows: chosen,
    };
    writeJson(data, io);
  }
  io.stderr.write(`${describe(selection, datasetPath, output, io).join('\n')}\n`);
  return 0;
}

function describe(selection: Selection, path: string, output: string | null, io: Io): string[] {
  const { dataset, metric, available, threshold, lengths, examples } = selection;
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const bad = Object.entries(dataset.badRows).map(
    ([reason, count]) => `  ${formatNumberOf(count, 'row')} skipped: ${reason}`,
  );
  return [
    `read:     ${visible(path)}: ${formatNumberOf(dataset.rows, 'row')} (${dataset.shape})`,
    ...bad,
    ...(dataset.emptyResponses === 0
      ? []
      : [`  ${formatNumberOf(dataset.emptyResponses, 'row')} with an empty response, never selected`]),
    `selected: ${formatCount(examples.length)} of ${formatCount(available)}` +
      (threshold === null ? '' : `, ${formatCount(threshold)} to ${formatCount(longest)} ${metric}`),
    ...(output === null ? [] : [`written:  ${visible(shortPath(output, io.cwd))}`]),
  ];
}
