import { resolve } from 'node:path';
import type { Command } from 'commander';
import { publishFile } from '../../atomic-file.js';
import type { SelectionOptions } from '../../conduct/call-options.js';
import { DEFAULT_RULE, selectionRule } from '../../conduct/selection-rule.js';
import {
  containerOf,
  openDataset,
  type ShapeName,
  serializeRows,
  shapeNamed,
  writeDatasetFile,
} from '../../dataset/index.js';
import { drawHistogram } from '../../report/histogram.js';
import { selectionLines, warningLines } from '../../report/selection-report.js';
import { visible } from '../../report/visible.js';
import {
  type CurationWarning,
  curate,
  type Selection,
  type SelectionRule,
  selectExamples,
} from '../../select/index.js';
import { shortPath } from '../../short-path.js';
import type { Finish } from '../command-module.js';
import { columnsOf, type Io } from '../io.js';
import { fromOption, jsonOption, selectionOptions, skipBadRowsOption, toOption } from '../options.js';
import { checkOutput } from '../output.js';
import { writeJson } from '../write-json.js';

interface SelectOptions extends SelectionOptions {
  readonly output?: string;
  readonly from?: ShapeName;
  readonly to?: ShapeName;
  readonly skipBadRows?: boolean;
  readonly plot?: boolean;
  readonly json?: boolean;
}

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Writes the examples with the longest responses, in dataset order, and tells what a curator should know about ' +
        'them. Asks no model. By words it chooses exactly what the paper chose.',
    )
    .argument('<dataset>', 'Alpaca or fastchat rows, as .json or .jsonl, also .gz')
    .option('-o, --output <file>', 'where the rows go (default: stdout)');
  for (const option of selectionOptions()) command.addOption(option);
  command.option('--plot', 'draw how many rows have which length, with the cut marked');
  for (const option of [fromOption(), toOption(), skipBadRowsOption(), jsonOption()])
    command.addOption(option);
  command
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ burnish select alpaca.json -o longest.json --to fastchat\n' +
        '  $ burnish select rated.jsonl --by field:score --top 9% -o best.jsonl\n' +
        '  $ burnish select alpaca.json --random 1000 --seed 1 -o baseline.json',
    )
    .action(async (dataset: string, options: SelectOptions) => {
      finish(await select(dataset, options, io));
    });
}

async function select(datasetPath: string, options: SelectOptions, io: Io): Promise<number> {
  const output = options.output === undefined ? null : resolve(io.cwd, options.output);
  if (output !== null) await checkOutput(output, [resolve(io.cwd, datasetPath)]);
  const dataset = openDataset(resolve(io.cwd, datasetPath), {
    from: options.from,
    skipBadRows: options.skipBadRows,
  });
  const rule = await selectionRule(options, DEFAULT_RULE, io);
  const selection = await selectExamples(dataset, rule, { everyLength: options.plot === true });
  const shape = shapeNamed(options.to ?? selection.dataset.shape);
  const rows = selection.examples.map((example) => shape.write(example, example.response));
  if (output !== null) {
    await publishFile(output, (temporaryPath) => writeDatasetFile(temporaryPath, rows, containerOf(output)));
  } else if (options.json !== true) {
    for (const piece of serializeRows(rows, selection.dataset.container)) io.stdout.write(piece);
  }
  const warnings = curate(selection.examples);
  if (options.json === true) writeJson(selectionData(rule, selection, warnings, output), io);
  const lines = [
    ...selectionLines(datasetPath, rule, selection),
    ...warningLines(warnings),
    ...(output === null ? [] : [`written:   ${visible(shortPath(output, io.cwd))}`]),
    ...(options.plot === true ? plotLines(selection, io) : []),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
  return 0;
}

function plotLines({ threshold, lengthCounts }: Selection, io: Io): string[] {
  if (threshold === null) return ['Nothing to draw: this selection measures no lengths.'];
  return ['', ...drawHistogram(lengthCounts, threshold, columnsOf(io.stderr))];
}

function selectionData(
  rule: SelectionRule,
  selection: Selection,
  warnings: readonly CurationWarning[],
  output: string | null,
): object {
  const { dataset, available, threshold, ties, examples, lengths } = selection;
  return {
    rule,
    metric: 'by' in rule ? rule.by : null,
    read: dataset.rows,
    shape: dataset.shape,
    emptyResponses: dataset.emptyResponses,
    badRows: dataset.badRows,
    available,
    threshold,
    ties,
    warnings,
    output,
    rows: examples.map(({ id }, place) => ({ id, length: lengths[place] ?? null })),
  };
}
