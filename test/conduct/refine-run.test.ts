import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RefinementOptions } from '../../src/conduct/call-options.js';
import { prepareRunOf } from '../../src/conduct/prepare-run.js';
import { openRefinement, planRefinement, refinementOf } from '../../src/conduct/refine-run.js';
import type { Surroundings } from '../../src/conduct/surroundings.js';
import { makeRows } from '../cli/scene.js';
import { makeFolder } from '../support/cli.js';

const OPTIONS: RefinementOptions = {
  ...{ model: 'm', baseUrl: 'http://127.0.0.1:9/v1', concurrency: 1, maxWait: 1, timeout: 1 },
  // Asking costs more than anybody would pay without a word.
  ...{ priceIn: 1e6, priceOut: 1e6 },
};

/** A folder with a dataset, and the run that refines it. */
async function scene(): Promise<{
  around: Surroundings;
  dir: string;
  told: string[];
  refinement: () => ReturnType<typeof refinementOf>;
}> {
  const folder = makeFolder();
  writeFileSync(join(folder, 'data.json'), JSON.stringify(makeRows(3)));
  const told: string[] = [];
  const around = { env: {}, cwd: folder, tell: (text: string) => told.push(text) };
  const dir = join(folder, 'run');
  const refinement = async () =>
    refinementOf(await prepareRunOf('data.json', OPTIONS, () => dir, around), OPTIONS, around);
  return { around, dir, told, refinement };
}

test('a call whose cost nobody agrees to makes no run', async () => {
  const { around, dir, refinement } = await scene();
  const asked: number[] = [];
  const agree = async (costUsd: number) => asked.push(costUsd) === 0;
  expect(await openRefinement(await refinement(), agree, around)).toBeNull();
  expect(asked).toEqual([expect.any(Number)]);
  expect(asked[0]).toBeGreaterThan(1);
  expect(existsSync(dir)).toBe(false);
});

test('a run whose further cost nobody agrees to is given back as it was', async () => {
  const { around, dir, refinement } = await scene();
  await (await openRefinement(await refinement(), null, around))?.close();
  const before = readFileSync(join(dir, 'run.json'));
  expect(await openRefinement(await refinement(), async () => false, around)).toBeNull();
  expect(readFileSync(join(dir, 'run.json')).equals(before)).toBe(true);
  expect(readdirSync(dir).filter((name) => /lock|ballast/.test(name))).toEqual([]);
});

test('a run that is opened holds the settings of the call, is locked, and tells what a crash has left', async () => {
  const { around, dir, told, refinement } = await scene();
  await (await openRefinement(await refinement(), null, around))?.close();
  writeFileSync(join(dir, 'attempts.jsonl'), '{"v":1,"exam');
  const run = await openRefinement(await refinement(), async () => true, around);
  expect(run?.manifest.settings).toMatchObject({ priceIn: 1e6, baseUrl: 'http://127.0.0.1:9/v1' });
  expect(existsSync(join(dir, 'lock'))).toBe(true);
  expect(told).toEqual([expect.stringMatching(/^warning: attempts\.jsonl: an unfinished last line/)]);
  await expect(openRefinement(await refinement(), null, around)).rejects.toMatchObject({
    code: 'run_locked',
  });
  await run?.close();
});

test('a plan is told of a run that is there and of one that is not, and makes none', async () => {
  const { around, dir, refinement } = await scene();
  expect((await planRefinement(await refinement())).estimate.examples).toBe(3);
  expect(existsSync(dir)).toBe(false);
  await (await openRefinement(await refinement(), null, around))?.close();
  expect((await planRefinement(await refinement())).estimate.examples).toBe(3);
});
