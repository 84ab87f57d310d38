import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findRun } from '../../src/cli/find-run.js';
import { makeFolder } from '../support/cli.js';

/** A folder with runs of these names, as far as finding them goes. */
function folderWithRuns(...names: readonly string[]): string {
  const folder = makeFolder();
  for (const name of names) {
    mkdirSync(join(folder, 'runs', name), { recursive: true });
    writeFileSync(join(folder, 'runs', name, 'run.json'), '{}');
  }
  return folder;
}

describe('findRun', () => {
  test.each([
    ['a whole name, though others begin with it', 'alpaca-1', 'alpaca-1'],
    ['the beginning of one name', 'alpaca-12', 'alpaca-12f'],
    ['a path', 'runs/alpaca-12f', 'alpaca-12f'],
  ])('takes %s', async (_, given, name) => {
    const folder = folderWithRuns('alpaca-1', 'alpaca-12f', 'alpaca-1f', 'dolly-1');
    expect(await findRun(given, folder)).toBe(join(folder, 'runs', name));
  });

  test.each([
    ['the beginning of several names', 'alpaca', 'alpaca, which fits several'],
    ['a name that nothing begins with', 'guanaco', 'guanaco'],
  ])('refuses %s, and tells what there is', async (_, given, found) => {
    const folder = folderWithRuns('alpaca-1', 'alpaca-12f');
    await expect(findRun(given, folder)).rejects.toMatchObject({
      code: 'run_not_found',
      facts: { found, hint: expect.stringContaining('alpaca-12f') },
    });
  });
});
