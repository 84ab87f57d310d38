import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** The check box of a filter in the list, by its group's title and its own name. */
export function filterBox(page: Page, group: string, name: string): Locator {
  const label = page.locator('label').filter({ has: page.getByText(name, { exact: true }) });
  return page.getByRole('group', { name: group }).locator(label).getByRole('checkbox');
}

/** Ids of the rows that the list shows. */
export function listedIds(page: Page): Promise<(string | null)[]> {
  return page
    .locator('[data-record]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('data-record')));
}

/** Waits until the list shows just these. */
export async function expectListed(page: Page, ids: readonly string[]): Promise<void> {
  await expect.poll(() => listedIds(page)).toEqual(ids);
}

/** The row of an example in the list. */
export function listRow(page: Page, id: string): Locator {
  return page.getByRole('row').filter({ has: page.locator(`[data-record="${escapeQuotes(id)}"]`) });
}

/** Waits until the page shows this record, with this in its chips. */
export async function expectRecord(page: Page, id: string, chips: RegExp = /./): Promise<void> {
  await page.getByRole('heading', { level: 1, name: `Record ${id}`, exact: true }).waitFor();
  await page.locator('.record-chips', { hasText: chips }).waitFor();
}

export function comparison(page: Page): Locator {
  return page.getByRole('region', { name: 'Original and refined response' });
}

/** Waits until the page says so of the run. */
export async function expectState(page: Page, state: string): Promise<void> {
  await page.locator('.chip', { hasText: state }).first().waitFor();
}

/** Presses keys, one after the other, as somebody does who never touches the mouse. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

function escapeQuotes(text: string): string {
  return text.replaceAll(/["\\]/g, '\\$&');
}
