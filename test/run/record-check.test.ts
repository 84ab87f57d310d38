import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from '../../src/run/lock.js';
import { openManifest } from '../../src/run/manifest-file.js';
import { ownRun } from '../../src/run/own-run.js';
import { recordCheck } from '../../src/run/record-check.js';
import type { Snapshot } from '../../src/run/snapshot.js';
import { makeRun, someExamples, temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
let runs = 0;
const newRun = () => makeRun(join(folder, `run${runs++}`), someExamples(2));

const FILE = { path: '/home/somebody/checks.json', sha256: 'a' };
const OTHER = { path: '/home/somebody/others.json', sha256: 'c' };

function snapshotOf(verdicts: string, checksFile: Snapshot['checksFile'] = null): Snapshot {
  return { at: '2025-02-03T04:05:06.000Z', burnish: '1.0.0', checks: [], checksFile, verdicts };
}

test('a check is remembered in run.json, and leaves nothing else behind', async () => {
  const dir = await newRun();
  const before = readdirSync(dir).sort();
  expect(await recordCheck(dir, snapshotOf('.?', FILE), true)).toBe(true);
  const { snapshot, settings } = await openManifest(dir).read();
  expect(snapshot).toEqual(snapshotOf('.?', FILE));
  expect(settings.checks).toEqual(FILE);
  expect(readdirSync(dir).sort()).toEqual(before);
});

test('while another process sends requests nothing is written', async () => {
  const dir = await newRun();
  const before = readFileSync(join(dir, 'run.json'));
  const run = await ownRun(dir);
  expect(await recordCheck(dir, snapshotOf('.?', FILE), true)).toBe(false);
  expect(readFileSync(join(dir, 'run.json'))).toEqual(before);
  await run.close();
  expect(await recordCheck(dir, snapshotOf('.?'), false)).toBe(true);
});

test('a snapshot of more attempts, which another call has left meanwhile, stays', async () => {
  const dir = await newRun();
  await recordCheck(dir, snapshotOf('.?.'), false);
  await recordCheck(dir, snapshotOf('.!'), false);
  expect((await openManifest(dir).read()).snapshot).toEqual(snapshotOf('.?.'));
  await recordCheck(dir, snapshotOf('!!!'), false);
  expect((await openManifest(dir).read()).snapshot).toEqual(snapshotOf('!!!'));
});

test('a file that was named takes the place of any other; one that was remembered does not', async () => {
  const dir = await newRun();
  await recordCheck(dir, snapshotOf('', FILE), true);
  const remembered = async () => (await openManifest(dir).read()).settings.checks;
  await recordCheck(dir, snapshotOf('', { ...FILE, sha256: 'b' }), false);
  expect(await remembered()).toEqual({ ...FILE, sha256: 'b' });
  await recordCheck(dir, snapshotOf('', OTHER), false);
  expect(await remembered()).toEqual({ ...FILE, sha256: 'b' });
  await recordCheck(dir, snapshotOf('', OTHER), true);
  expect(await remembered()).toEqual(OTHER);
  await recordCheck(dir, snapshotOf(''), true);
  expect(await remembered()).toBe(null);
});

test('the owner of a run remembers a check too', async () => {
  const dir = await newRun();
  const run = await ownRun(dir);
  await run.saveSnapshot(snapshotOf('..', FILE));
  expect(run.manifest.snapshot).toEqual(snapshotOf('..', FILE));
  expect((await openManifest(dir).read()).settings.checks).toEqual(FILE);
  await run.saveSettings({ ...run.manifest.settings, onFlag: 'use' });
  await run.close();
  expect(await openManifest(dir).read()).toMatchObject({
    snapshot: snapshotOf('..', FILE),
    settings: { onFlag: 'use', checks: FILE },
  });
});

test('what is no failure to get the lock is told', async () => {
  await expect(recordCheck(join(folder, 'nothing'), snapshotOf(''), false)).rejects.toMatchObject({
    code: 'environment',
  });
});

test('the lock is given back when the run cannot be read', async () => {
  await expect(recordCheck(folder, snapshotOf(''), false)).rejects.toMatchObject({ code: 'run_not_found' });
  await (await takeLock(join(folder, 'lock'), 'testing')).release();
});
