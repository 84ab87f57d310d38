import type { Page } from 'playwright-core';

/** Fills in the form of a new run, and starts it; the page goes on to the run. */
export async function startRun(page: Page, dataset: string): Promise<void> {
  await planRun(page, dataset);
  await page.getByRole('button', { name: 'Start the run' }).click();
}

/** Fills in the form, and has it said what would be asked. */
export async function planRun(page: Page, dataset: string): Promise<void> {
  await page.getByLabel('Dataset', { exact: true }).selectOption(dataset);
  await page.getByLabel('Examples').selectOption('all rows');
  await page.getByRole('button', { name: 'See what it would cost' }).click();
  await page.getByRole('region', { name: 'Plan' }).waitFor();
}
