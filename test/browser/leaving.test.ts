import { expect, onTestFinished } from 'vitest';
import { makeRows } from '../cli/scene.js';
import { closedGate } from './gate.js';
import { startRun } from './new-run-page.js';
import { test } from './page-test.js';
import { expectListed, expectState } from './review-page.js';
import { DATASET, startService } from './service.js';

test('a run goes on when everybody leaves, and is shown to who comes back', async ({ open }) => {
  const gate = closedGate();
  onTestFinished(() => gate.open());
  const { scene, url } = await startService({
    rows: makeRows(6),
    script: async (_, { number }) => {
      if (number > 1) await gate.pass();
      return undefined;
    },
  });
  const page = await open(`${url}/new`);
  await startRun(page, DATASET);
  await page
    .getByText(/\b2 of 6\b/)
    .first()
    .waitFor();
  const address = page.url();
  await page.goto('about:blank');
  gate.open();
  await expect.poll(() => scene.lines('attempts.jsonl').length).toBe(6);

  await page.goto(address);
  await expectState(page, 'finished');
  await page.getByRole('link', { name: 'Records' }).first().click();
  await expectListed(page, ['0', '1', '2', '3', '4', '5']);
});

test('two windows follow a run of a dataset that one of them has uploaded', async ({ open }) => {
  const gate = closedGate();
  onTestFinished(() => gate.open());
  const { url } = await startService({
    rows: makeRows(3),
    script: async (_, { number }) => {
      if (number > 0) await gate.pass();
      return undefined;
    },
  });
  const one = await open(`${url}/new`);
  const uploaded = {
    name: 'mine.jsonl',
    mimeType: 'text/plain',
    buffer: Buffer.from(jsonLines(makeRows(3))),
  };
  await one.getByLabel('Dataset to upload').setInputFiles(uploaded);
  const choice = one.getByRole('option', { name: 'mine.jsonl' });
  await choice.waitFor({ state: 'attached' });
  await startRun(one, (await choice.getAttribute('value')) ?? '');
  await one
    .getByText(/\b1 of 3\b/)
    .first()
    .waitFor();
  const other = await open(one.url());
  await other
    .getByText(/\b1 of 3\b/)
    .first()
    .waitFor();
  gate.open();
  for (const page of [one, other]) await expectState(page, 'finished');
});

function jsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
