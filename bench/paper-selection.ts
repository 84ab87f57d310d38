// Counts how many of the paper's 1,000 examples other measures of length miss; docs/selection.md tells the figures.
// Needs alpaca_data.json and paper_selected_1k.json in the folder that BURNISH_REAL_DATA names.
//
//   npm run build && node bench/paper-selection.ts
import { readFileSync } from 'node:fs';
import { realData } from '../test/support/real-data.ts';

interface Row {
  readonly instruction: string;
  readonly input: string;
  readonly output: string;
}

const [alpaca, selected] = [realData('alpaca_data.json'), realData('paper_selected_1k.json')];
if (alpaca === undefined || selected === undefined) throw new Error('the two files are not there');
// By its address, so that types can be checked where nothing is built.
const { countWords }: { countWords(text: string): number } = await import(
  new URL('../dist/index.js', import.meta.url).href
);
const rows = JSON.parse(readFileSync(alpaca, 'utf8')) as Row[];
const paper = new Set(
  (JSON.parse(readFileSync(selected, 'utf8')) as { id: string }[]).map(({ id }) =>
    Number(id.replace('identity_', '')),
  ),
);

const matches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const measures: Record<string, (row: Row) => number> = {
  'word tokens of the response (`--by words`)': ({ output }) => countWords(output),
  'word tokens of instruction and response': ({ instruction, output }) =>
    countWords(instruction) + countWords(output),
  'word tokens of instruction, input and response (`--of all`)': ({ instruction, input, output }) =>
    countWords(instruction) + countWords(input) + countWords(output),
  'runs of word characters, and runs of marks': ({ output }) => matches(output, /\w+|[^\w\s]+/g),
  'runs of word characters, and single marks': ({ output }) => matches(output, /\w+|[^\w\s]/g),
  'words between white space': ({ output }) => matches(output, /\S+/g),
  'characters (`--by chars`)': ({ output }) => [...output].length,
};

console.log('| measure | of the 1,000 missed |\n|---|---|');
for (const [name, measure] of Object.entries(measures)) {
  const lengths = rows.map(measure);
  const ranked = [...lengths.keys()].sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || a - b);
  const missed = ranked.slice(0, 1000).filter((row) => !paper.has(row)).length;
  console.log(`| ${name} | ${missed} |`);
}
const counts = rows.map(({ output }) => countWords(output));
console.log(`\nrows of at least 193: ${counts.filter((count) => count >= 193).length}`);
console.log(
  `rows of exactly 192: ${[...counts.entries()].flatMap(([row, count]) => (count === 192 ? [row] : [])).join(', ')}`,
);
