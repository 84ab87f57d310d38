import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, PROGRAM, start } from '../support/cli.js';

/** A Node.js on the PATH that is too old. */
const oldNode = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((path) => existsSync(path))
  .find((path) => Number(spawnSync(path, ['-p', 'process.versions.node.split(".")[0]']).stdout) < 22);

test.skipIf(oldNode === undefined)(
  'an old Node.js is told so in one line (needs one on the PATH)',
  async () => {
    const { status, stdout, stderr } = await start([oldNode ?? '', PROGRAM, '--version'], {
      cwd: makeFolder(),
    }).ended;
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^burnish needs Node\.js 22\.12 or later; this is \d+\.\d+\.\d+\.\n$/);
  },
);

test.each([
  ['18.20.0', 2],
  ['20.19.1', 2],
  ['22.11.0', 2],
  ['22.12.0', 0],
  ['23.0.0', 0],
  ['24.1.0', 0],
])('Node.js %s gives exit status %i', async (version, wanted) => {
  const preload = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, PROGRAM, '--version'];
  const { status, stderr } = await start([process.execPath, ...args], { cwd: makeFolder() }).ended;
  expect(status).toBe(wanted);
  expect(stderr).toBe(wanted === 0 ? '' : `burnish needs Node.js 22.12 or later; this is ${version}.\n`);
});
