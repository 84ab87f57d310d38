import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openManifest } from '../../src/run/manifest-file.js';
import { ownRun } from '../../src/run/own-run.js';
import { makeRun, someExamples, temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
let runs = 0;
const newRun = () => makeRun(join(folder, `run${runs++}`), someExamples(1));

const DAMAGES: readonly [string, (path: string) => void][] = [
  ['missing', (path) => rmSync(path)],
  ['empty', (path) => writeFileSync(path, '')],
  ['cut off', (path) => writeFileSync(path, readFileSync(path, 'utf8').slice(0, 100))],
  ['zeros only', (path) => writeFileSync(path, Buffer.alloc(300))],
];

test.each(DAMAGES)(
  'a run.json that is %s is read from its copy, with a warning; looking changes nothing',
  async (_, damage) => {
    const dir = await newRun();
    const whole = await openManifest(dir).read();
    damage(join(dir, 'run.json'));
    const file = openManifest(dir);
    expect(file.warnings).toEqual([]);
    expect(await file.read()).toEqual(whole);
    expect(file.warnings).toEqual([
      expect.stringMatching(/^run\.json is .*run\.json\.bak, was read instead/),
    ]);
    expect(await openManifest(dir).read()).toEqual(whole);
  },
);

test.each(DAMAGES)('the owner of a run whose run.json is %s writes it anew', async (_, damage) => {
  const dir = await newRun();
  const before = readFileSync(join(dir, 'run.json'));
  damage(join(dir, 'run.json'));
  const run = await ownRun(dir);
  expect(run.warnings).toEqual([expect.stringContaining('run.json.bak')]);
  expect(readFileSync(join(dir, 'run.json'))).toEqual(before);
  await run.close();
  const again = await ownRun(dir);
  expect(again.warnings).toEqual([]);
  await again.close();
});

test('a copy that is broken or missing hurts nobody, and is there again after the next change', async () => {
  const dir = await newRun();
  writeFileSync(join(dir, 'run.json.bak'), '{');
  const file = openManifest(dir);
  await file.read();
  expect(file.warnings).toEqual([]);
  await file.update((manifest) => {
    manifest.settings.onFlag = 'block';
  });
  expect((await openManifest(dir).read()).settings.onFlag).toBe('block');
  expect(readFileSync(join(dir, 'run.json.bak'))).toEqual(readFileSync(join(dir, 'run.json')));
});

test('run.json counts, not its copy, as long as it can be read', async () => {
  const dir = await newRun();
  const manifest = await openManifest(dir).read();
  const settings = { ...manifest.settings, onFlag: 'drop' };
  writeFileSync(join(dir, 'run.json.bak'), JSON.stringify({ ...manifest, settings }));
  expect((await openManifest(dir).read()).settings.onFlag).toBe('keep');
});
