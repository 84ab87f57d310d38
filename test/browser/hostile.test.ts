import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Scene } from '../cli/scene.js';
import { datasetRow, HOSTILE_ROWS, type HostileRow, LARGE_ROWS } from '../support/hostile-rows.js';
import { expectUntouched, hostileScene, RUN, refineAsRun } from './hostile-run.js';
import { test } from './page-test.js';
import { expectState, listedIds, press } from './review-page.js';
import { type Service, startService } from './service.js';

function hostileRun(rows: readonly HostileRow[]): Promise<Service> {
  return startService({ ...hostileScene(rows), before: refineAsRun });
}

/** Opens each record from the list, one after the other. */
async function readAll(page: Page, ids: readonly string[]): Promise<void> {
  await page.locator('[data-record]').first().click();
  for (const [place, id] of ids.entries()) {
    await page.locator('.record-where', { hasText: `${place + 1} / ${ids.length}` }).waitFor();
    await page.getByRole('region', { name: 'Original and refined response' }).waitFor();
    await expectUntouched(page);
    await press(page, 'v');
    await expectUntouched(page);
    expect({ id, problems: await page.getByRole('alert').allTextContents() }).toEqual({ id, problems: [] });
    if (place < ids.length - 1) await press(page, 'j');
  }
}

test('nothing in a hostile dataset is run, wherever it is shown', async ({ open }) => {
  const { scene, url } = await hostileRun(HOSTILE_ROWS);
  const ids = HOSTILE_ROWS.map(({ id }) => id);
  const page = await open(url);
  await page.getByText('onerror').first().waitFor();
  await expectUntouched(page);
  await page.goto(`${url}/runs/${encodeURIComponent(RUN)}`);
  await expectState(page, 'finished');
  await expectUntouched(page);
  await page.goto(`${url}/runs/${encodeURIComponent(RUN)}/records`);
  await expect.poll(() => listedIds(page)).toEqual(ids);
  await expectUntouched(page);
  await readAll(page, ids);

  // Asked again.
  await press(page, 't');
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 1 example' }).click();
  await page.locator('.attempt-table tbody tr').nth(1).waitFor();
  await expectUntouched(page);

  // Decided by the page, and read back from the file.
  await press(page, 'Escape');
  await page.locator('[data-record]').first().click();
  await page.locator('.record-where', { hasText: `1 / ${ids.length}` }).waitFor();
  await press(page, 'e');
  const typed = `${HOSTILE_ROWS[0]?.text} \u202e typed \u2028 </textarea>`;
  await page.getByRole('textbox', { name: 'Refined response' }).fill(typed);
  await press(page, 'Control+Enter');
  await page.locator('.record-where', { hasText: `2 / ${ids.length}` }).waitFor();
  for (const [place] of ids.slice(1).entries()) {
    await page.locator('.record-where', { hasText: `${place + 2} / ${ids.length}` }).waitFor();
    await page.getByRole('region', { name: 'Original and refined response' }).waitFor();
    await press(page, 'Shift+R');
    await page.locator('.record-chips', { hasText: 'decided: reject' }).waitFor();
    await press(page, 'j');
  }
  await expect
    .poll(() => decisionsOf(scene))
    .toEqual(ids.map((id, place) => [id, place === 0 ? 'edit' : 'reject']));
  const exported = await page.evaluate(async (run) => {
    const answer = await fetch(`/api/runs/${encodeURIComponent(run)}/export`);
    return { status: answer.status, text: await answer.text() };
  }, RUN);
  expect(exported.status).toBe(200);
  expect(JSON.parse(exported.text)).toEqual(
    HOSTILE_ROWS.map((row, place) => ({ ...datasetRow(row), ...(place === 0 && { output: typed }) })),
  );
});

function decisionsOf({ folder }: Scene): [unknown, unknown][] {
  return readFileSync(join(folder, 'runs', RUN, 'decisions.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ example, action }) => [example, action]);
}

test('texts of a megabyte are listed, read and edited', async ({ open }) => {
  const { scene, url } = await hostileRun(LARGE_ROWS);
  const ids = LARGE_ROWS.map(({ id }) => id);
  const page = await open(`${url}/runs/${encodeURIComponent(RUN)}/records`);
  await expect.poll(() => listedIds(page)).toEqual(ids);
  await readAll(page, ids);
  await page.goto(`${url}/runs/${encodeURIComponent(RUN)}/records/${encodeURIComponent('one line')}`);
  await page.getByRole('region', { name: 'Original and refined response' }).waitFor();
  await press(page, 'e');
  const area = page.getByRole('textbox', { name: 'Refined response' });
  await area.press('End');
  await page.keyboard.insertText(' typed');
  await press(page, 'Control+Enter');
  await expect.poll(() => decisionsOf(scene)).toEqual([['one line', 'edit']]);
});
