// Measures how long a report of 1,000 examples takes to write, to open and to use, in Chromium; docs/performance.md explains
// the figures. The build must be there (npm run build).
//
//   npm run bench:html-report [-- --runs 5]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium } from '../test/browser/chromium.ts';
import { PROGRAM } from '../test/support/cli.ts';
import { findPairs } from './html-report/pairs.ts';
import { useReport } from './html-report/use.ts';
import { median } from './median.ts';
import { layOut } from './table.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number, 1 or more');
const chromium = findChromium();
if (chromium === undefined) throw new Error('There is no Chromium here; CHROMIUM_PATH can name one.');

const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
try {
  const { original, refined, about } = findPairs(folder);
  const report = join(folder, 'report.html');
  const began = performance.now();
  const written = spawnSync(process.execPath, [PROGRAM, 'diff', original, refined, '--html', report]);
  const writingMs = performance.now() - began;
  if (written.status !== 0) throw new Error(written.stderr.toString());
  console.log(`${about}; Node.js ${process.version}; ${runs} times, the first in a browser just started\n`);
  console.log(
    `written in ${(writingMs / 1000).toFixed(1)} s, ${(statSync(report).size / 1e6).toFixed(1)} MB`,
  );

  const uses = await useReport(chromium, pathToFileURL(report).href, runs);
  const measures = [
    { name: 'open: first examples compared', targetMs: 2000, of: uses.map(({ openMs }) => openMs) },
    { name: 'scroll: frame, 99 of 100', targetMs: 50, of: uses.map(({ frameMs }) => frameMs) },
    { name: 'scroll: longest frame', targetMs: 200, of: uses.map(({ longestFrameMs }) => longestFrameMs) },
    { name: 'j: next example', targetMs: 100, of: uses.map(({ keyMs }) => keyMs) },
    { name: 'filter by a check', targetMs: 300, of: uses.map(({ filterMs }) => filterMs) },
  ];
  console.log(
    layOut([
      ['measure', 'median', 'worst', 'target', ''],
      ...measures.map(({ name, targetMs, of }) => [
        name,
        `${Math.round(median(of))} ms`,
        `${Math.round(Math.max(...of))} ms`,
        `${targetMs} ms`,
        median(of) <= targetMs ? 'met' : 'MISSED',
      ]),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
