// Measures `burnish select` against the least that would read and count the same; docs/performance.md explains the
// figures.
//
//   node bench/select.ts [--runs 3] [--rows 300000,1000000]

import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findDataset, seededRandom, words } from './dataset.ts';
import { runBurnish, runMeasured } from './measured-process.ts';
import { median } from './median.ts';
import { formatTable, type Row } from './table.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, rows: { type: 'string', default: '300000,1000000' } },
});
const runs = Number(values.runs);
if (!existsSync(new URL('../dist/cli/bin.js', import.meta.url))) {
  throw new Error('nothing is built: run `npm run build` first');
}
const floor = fileURLToPath(new URL('./select-floor.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
try {
  const dataset = findDataset(folder);
  console.log(`Node.js ${process.version}; ${dataset.about}; medians of ${runs}\n`);
  const rows = await compare('whole command, JSON array', dataset.path, 'array', 3);
  for (const count of values.rows.split(',').map(Number)) {
    const path = join(folder, `${count}.jsonl`);
    await generateLines(path, count);
    const label = `${count.toLocaleString('en-US')} lines of 2 KB`;
    rows.push(...(await compare(label, path, 'lines', 1 / 0.7)));
    rmSync(path);
  }
  console.log(formatTable(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs both in turn, and gives a row on the time and one on the memory. The ratio is the median of the pairs'. */
async function compare(measure: string, path: string, form: 'array' | 'lines', most: number): Promise<Row[]> {
  const own: number[] = [];
  const least: number[] = [];
  let maxRssMb = 0;
  for (let run = 0; run < runs; run++) {
    const selected = await runBurnish(['select', path, '--top', '1000', '-o', 'longest.jsonl'], folder);
    own.push(selected.wallMs);
    maxRssMb = Math.max(maxRssMb, selected.maxRssMb);
    least.push((await runMeasured([floor, form, path], folder)).wallMs);
  }
  const ratio = median(own.map((ms, run) => ms / (least[run] ?? Number.NaN)));
  return [
    {
      measure,
      burnish: `${(median(own) / 1000).toFixed(2)} s`,
      reference: `${(median(least) / 1000).toFixed(2)} s (floor)`,
      ratio,
      target: { text: `<= ${most.toFixed(2)}`, met: ratio <= most },
    },
    {
      measure: '  peak memory',
      burnish: `${maxRssMb.toFixed(0)} MB`,
      reference: null,
      ratio: null,
      target: { text: '< 250 MB', met: maxRssMb < 250 },
    },
  ];
}

/** Rows of 2 KB: sentences of random words, in a response of random length and a field that fills up the rest. */
async function generateLines(path: string, count: number): Promise<void> {
  const file = createWriteStream(path);
  const random = seededRandom(20240718);
  const sentences = Array.from({ length: 500 }, () => `${words(random, 40 + 80 * random())} `);
  for (let row = 0; row < count; row++) {
    let text = '';
    while (text.length < 1900) text += sentences[Math.floor(random() * sentences.length)];
    const cut = Math.floor(1900 * random());
    const fields = {
      instruction: `Task ${row}`,
      input: '',
      output: text.slice(0, cut),
      note: text.slice(cut, 1900),
    };
    if (!file.write(`${JSON.stringify(fields)}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}
