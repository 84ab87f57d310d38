import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const original = [
  { instruction: 'Name a river.', output: 'The Danube is a river.' },
  { instruction: 'Name a tree.', output: 'The beech is a tree.' },
  { instruction: 'Name a bird.', output: 'The wren is a bird.' },
];
const labels = [
  { id: '0', severity: 'bad', labels: ['unchanged'], random_sample: true, second: 'bad' },
  { id: 2, severity: 'ok', labels: [], random_sample: true },
];
const refined = ['The Danube is a river.', 'The beech gives shade.', 'The wren sings.'].map(
  (output, row) => ({
    ...original[row],
    output,
  }),
);

/** Runs the script on these files, in a folder of its own. */
async function measure(given: { refined: readonly object[]; labels: readonly object[] }, ...more: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-measure-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const page = join(folder, 'page.md');
  writeFileSync(page, '<!-- measured -->\n<!-- /measured -->\n');
  const files = Object.entries({ original, ...given }).flatMap(([name, rows]) => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(rows));
    return [`--${name}`, path];
  });
  const hooks = join(ROOT, 'test/support/source-hooks.js');
  const script = join(ROOT, 'bench/measure-checks.ts');
  const result = await promisify(execFile)(process.execPath, [
    ...['--no-warnings', '--import', hooks, script, ...files, '--page', page, ...more],
  ]).catch((error: { code: number; stdout: string; stderr: string }) => error);
  return { ...result, page: readFileSync(page, 'utf8') };
}

describe('measure:checks', () => {
  test('prints the figures and writes the same to the page', async () => {
    const { stdout, page } = await measure({ refined, labels });
    expect(stdout).toContain('| bad | 1 of 1: 100 % (20.7 to 100) |');
    expect(stdout).toContain('| ok | 0 of 1: 0 % (0 to 79.3) |');
    expect(stdout).toContain('| `unchanged` | 1 / 0 / 0 | 1 / 0 / 0 |');
    expect(stdout).toMatch(/at least 90 %: met.*\n.*not measured.*\n.*at most 3 %: met/);
    expect(stdout).toContain('Of all 3 pairs, 1 (33.3 %) get `flag` or `fail`');
    expect(stdout).toContain('1 row had a second reader');
    expect(page).toBe(`<!-- measured -->\n${stdout.trim()}\n<!-- /measured -->\n`);
  });

  test('prints one JSON document with --json', async () => {
    const { stdout } = await measure({ refined, labels }, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      labels: 'labels.json',
      all: { rows: 2 },
      pairs: { count: 3, flagged: 1, failed: 0, byCheck: { unchanged: 1, empty: 0 } },
      targets: [
        { grade: 'bad', met: true },
        { grade: 'minor', met: null },
        { grade: 'ok', met: true },
      ],
      labelled: [
        { id: '0', verdict: 'flag', checks: ['unchanged'] },
        { id: '2', verdict: 'pass', checks: [] },
      ],
    });
  });

  test.each<[string, Parameters<typeof measure>[0], string]>([
    ['a labelled row of no pair', { refined, labels: [{ ...labels[0], id: '9' }] }, '"9"'],
    ['an original without a refined row', { refined: refined.slice(0, 2), labels }, '"2"'],
    ['a refined row without an original', { refined: [...refined, { ...original[0] }], labels }, 'row 3'],
  ])('tells of %s, and leaves the page as it was', async (_, given, told) => {
    const result = await measure(given);
    expect(result).toMatchObject({ code: 2, stdout: '', page: '<!-- measured -->\n<!-- /measured -->\n' });
    expect(result.stderr).toContain(told);
    expect(result.stderr).not.toContain('    at ');
  });
});
