import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { burnish, makeFolder } from '../support/cli.js';
import { datasetRow, FLAG, HOSTILE_ROWS, improvedText, LARGE_ROWS } from '../support/hostile-rows.js';
import { expectAccessible } from './accessible.js';
import { test } from './page-test.js';
import { filterBox, press } from './review-page.js';

interface PairRow {
  readonly id: string;
  readonly text: string;
  readonly refined: string;
}

/** Writes a report of these pairs; gives its address on the disk. */
async function writeReport(rows: readonly PairRow[]): Promise<string> {
  const folder = makeFolder();
  const write = (name: string, texts: readonly Record<string, string>[]) =>
    writeFileSync(join(folder, name), JSON.stringify(texts));
  write('a.json', rows.map(datasetRow));
  write(
    'b.json',
    rows.map((row) => ({ ...datasetRow(row), output: row.refined })),
  );
  const { status, stderr } = await burnish(['diff', 'a.json', 'b.json', '--html', 'report.html'], {
    cwd: folder,
  });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return pathToFileURL(join(folder, 'report.html')).href;
}

/** Rows of which every third is unchanged; the last speaks of a heron. */
const ROWS: readonly PairRow[] = Array.from({ length: 60 }, (_, place) => {
  const text = `How are walls of ${place} stones built?`;
  const more = place === 59 ? ' A heron looks on.' : ' Their weight holds them.';
  return { id: `row ${place}`, text, refined: `It is ${text} so.${place % 3 === 0 ? '' : more}` };
});

const shownIds = (page: Page) => page.locator('.example h3').allTextContents();
const focusedText = (page: Page) => page.locator(':focus').textContent();

describe('a report opened from the disk', () => {
  test('shows the summary, and every example compared when it comes near', async ({ open }) => {
    const page = await open(await writeReport(ROWS));
    await page.getByRole('heading', { level: 1, name: 'a.json → b.json' }).waitFor();
    expect(await shownIds(page)).toEqual(ROWS.map(({ id }) => id));
    await page.getByRole('img', { name: 'Words of the responses' }).waitFor();
    const last = page.getByRole('article', { name: 'row 59' });
    expect(await last.locator('ins').count()).toBe(0);
    await last.scrollIntoViewIfNeeded();
    await last.locator('ins', { hasText: 'A heron looks on.' }).waitFor();
  });

  test('leads from a check to its examples, and back', async ({ open }) => {
    const page = await open(await writeReport(ROWS));
    await page.getByRole('link', { name: 'unchanged' }).click();
    await expect.poll(() => shownIds(page)).toHaveLength(20);
    expect(await filterBox(page, 'Check', 'unchanged').isChecked()).toBe(true);
    await page.goBack();
    await expect.poll(() => shownIds(page)).toHaveLength(60);
  });

  test('is searched and walked through with the keyboard', async ({ open }) => {
    const page = await open(await writeReport(ROWS));
    await page.getByRole('heading', { name: 'row 0', exact: true }).waitFor();
    for (const id of ['row 0', 'row 1']) {
      await press(page, 'j');
      await expect.poll(() => focusedText(page)).toBe(id);
    }
    await press(page, 'k');
    await expect.poll(() => focusedText(page)).toBe('row 0');
    await press(page, '/');
    await page.keyboard.type('HERON');
    await expect.poll(() => new URL(page.url()).hash).toBe('#?q=HERON');
    await expect.poll(() => shownIds(page)).toEqual(['row 59']);
    await press(page, 'Escape', 'j', 'v');
    await page.locator('.diff-inline ins', { hasText: 'heron' }).waitFor();
    expect(new URL(page.url()).hash).toContain('row%2059');
  });

  test('opens at the example that its address names', async ({ open }) => {
    const page = await open(`${await writeReport(ROWS)}#row%2040`);
    await expect.poll(() => focusedText(page)).toBe('row 40');
    await page.getByRole('article', { name: 'row 40' }).locator('ins').first().waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? -1))
      .toBeLessThan(200);
  });

  test('prints every example that the filter leaves, compared', async ({ open }) => {
    const page = await open(`${await writeReport(ROWS)}#?check=unchanged`);
    await expect.poll(() => shownIds(page)).toHaveLength(20);
    await page.evaluate(() => {
      addEventListener('beforeprint', () => {
        document.body.dataset.printed = String(document.querySelectorAll('.example .diff').length);
      });
    });
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
    expect(await page.evaluate(() => document.body.dataset.printed)).toBe('20');
  });

  test('has nothing that axe objects to', async ({ open }) => {
    const page = await open(await writeReport(ROWS));
    await page.locator('.example .diff').first().waitFor();
    await expectAccessible(page);
    await press(page, '?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await expectAccessible(page);
  });

  test('runs nothing of hostile texts, and shows all of them', async ({ open }) => {
    const hostile = [...HOSTILE_ROWS.filter(({ brings }) => brings === undefined), ...LARGE_ROWS];
    const page = await open(
      await writeReport(hostile.map(({ id, text }) => ({ id, text, refined: improvedText({ id, text }) }))),
    );
    await expect.poll(() => shownIds(page)).toHaveLength(hostile.length);
    for (const article of await page.getByRole('article').all()) {
      await article.scrollIntoViewIfNeeded();
      await article.locator('.diff').waitFor();
    }
    expect(await page.evaluate((flag) => flag in window, FLAG)).toBe(false);
    expect(await page.locator('main :is(script, img, iframe, form, base)').count()).toBe(0);
  });
});
