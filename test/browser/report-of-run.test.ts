import { expect } from 'vitest';
import { makeRows, refinedText, reply, type Scene, setScene } from '../cli/scene.js';
import { answerCompletion } from '../support/chat-server.js';
import { HOSTILE_ROWS, LARGE_ROWS } from '../support/hostile-rows.js';
import { expectAccessible } from './accessible.js';
import { walkWithTab } from './focus.js';
import { expectUntouched, hostileScene, RUN, refineAsRun } from './hostile-run.js';
import { test } from './page-test.js';

/** @returns the address of the report of the only run */
async function writeReport(scene: Scene, run: string): Promise<string> {
  const { status, stderr } = await scene.run('diff', run, '--html', 'report.html');
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return `file://${scene.folder}/report.html`;
}

test('the report works from the disk, without a network, and axe finds no fault in it', async ({ open }) => {
  const scene = await setScene({
    rows: makeRows(5),
    script: (instruction) =>
      instruction === 'Task 1'
        ? answerCompletion(reply(`${refinedText(instruction)}\n[End of Better Answer]`))
        : undefined,
  });
  expect((await scene.refine('--run', 'runs/walls')).status).toBe(0);
  const page = await open(await writeReport(scene, 'runs/walls'));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Task 4').first().waitFor();
  await expectAccessible(page);
  await walkWithTab(page);
});

test('nothing in the report of a hostile run is executed', async ({ open }) => {
  const scene = await setScene(hostileScene([...HOSTILE_ROWS, ...LARGE_ROWS]));
  await refineAsRun(scene);
  const page = await open(await writeReport(scene, `runs/${RUN}`));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expectUntouched(page);
});
