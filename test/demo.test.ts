import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../src/checks/index.js';
import type { LedgerEntry } from '../src/run/ledger.js';
import { loadLedger } from '../src/run/load-ledger.js';
import { readRun } from '../src/run/read-run.js';
import { readLines } from './cli/scene.js';
import { burnish, makeFolder } from './support/cli.js';

/** The ledger of the only run in a folder, with all that was found in every attempt. */
async function ledgerIn(cwd: string): Promise<LedgerEntry[]> {
  const [name = ''] = readdirSync(join(cwd, 'runs'));
  return loadLedger(await readRun(join(cwd, 'runs', name)), DEFAULT_SUITE);
}

const SHOWN = ['empty', 'marker_residue', 'no_answer', 'refusal', 'truncated', 'unchanged'];

test('the demo runs the whole flow without a model, and every check it is meant to show is seen to fire', async () => {
  const cwd = makeFolder();
  const { status, stdout, stderr } = await burnish(['demo'], { cwd });
  expect(status).toBe(0);
  expect(stderr).toContain('replies that were written beforehand');
  expect(stderr).toContain('no model is asked');
  expect(stdout).toContain('Nothing here says how well a real model does');

  const [name = ''] = readdirSync(join(cwd, 'runs'));
  const run = join(cwd, 'runs', name);
  const found = (await ledgerIn(cwd)).flatMap(({ assessed }) => assessed.flatMap(({ findings }) => findings));
  expect([...new Set(found.map(({ check }) => check))]).toEqual(expect.arrayContaining(SHOWN));
  for (const check of ['marker_residue', 'no_answer', 'refusal', 'unchanged'])
    expect(stderr).toContain(check);
  expect(readLines(join(run, 'ledger.jsonl'))).toHaveLength(40);
  expect(JSON.parse(readFileSync(join(run, 'refined.json'), 'utf8'))).toHaveLength(40);

  const files = [...stdout.matchAll(/^ +(runs\/\S+) /gm)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const path of files) expect(existsSync(join(cwd, path))).toBe(true);
});

test('with --json the demo prints one JSON document and nothing else on stdout', async () => {
  const { status, stdout } = await burnish(['demo', '--json'], { cwd: makeFolder() });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ selected: 40, output: { rows: 40 } });
});

test('each bad reply is found by the check that its script names, and no reply but good ones is used', async () => {
  const cwd = makeFolder();
  await burnish(['demo'], { cwd });
  const ledger = await ledgerIn(cwd);
  const script = readLines(fileURLToPath(new URL('../data/replies.jsonl', import.meta.url)));
  const bad = script.filter(({ shows }) => shows !== undefined);
  expect(bad.length).toBeGreaterThanOrEqual(SHOWN.length);
  for (const { row, repair = false, shows } of bad) {
    const entry = ledger.find(({ example }) => example.row === row);
    const said = entry?.assessed.find(({ attempt }) => (attempt.purpose === 'repair') === repair);
    expect(
      said?.findings.map(({ check }) => check),
      `row ${row}`,
    ).toContain(shows);
    if (entry?.outcome === 'refined') expect(entry.chosen, `row ${row}`).not.toBe(said);
  }
});

test('the demo shows repairs that work and one that does not', async () => {
  const cwd = makeFolder();
  const { stderr } = await burnish(['demo'], { cwd });
  const repaired = (await ledgerIn(cwd)).filter(({ repairs }) => repairs > 0);
  expect(
    repaired.map(({ example, outcome, chosen }) => [example.row, outcome, chosen?.attempt.purpose]),
  ).toEqual(
    expect.arrayContaining([
      [28, 'refined', 'repair'],
      [35, 'kept', 'repair'],
      [36, 'refined', 'repair'],
      [41, 'refined', 'repair'],
    ]),
  );
  expect(stderr).toMatch(/^repairing: \d examples$/m);
  expect(stderr).toMatch(/^repairs: +\d examples asked again, \d pass now$/m);
});

test('a second demo asks nothing, and the commands that it proposes work', async () => {
  const cwd = makeFolder();
  const first = await burnish(['demo'], { cwd });
  const again = await burnish(['demo'], { cwd });
  expect(again.status).toBe(0);
  expect(again.stderr).toContain('asking:    0 examples (40 of 40 done before)');

  const proposed = [...first.stdout.matchAll(/^ +burnish (\S[^\n]*?)(?: {2,}.*)?$/gm)].map(
    ([, line = '']) => line,
  );
  expect(proposed.map((line) => line.split(' ')[0])).toEqual(
    expect.arrayContaining(['status', 'diff', 'review', 'decide', 'export']),
  );
  // The review page is served until somebody stops it.
  for (const line of proposed.filter((line) => !line.startsWith('review'))) {
    const { status, stderr } = await burnish(line.split(/ +/), { cwd });
    expect(status, `${line}\n${stderr}`).toBe(0);
  }
  expect(existsSync(join(cwd, 'refined.jsonl'))).toBe(true);
});
