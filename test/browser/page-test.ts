import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { test as base, expect, inject, onTestFinished, type TestContext } from 'vitest';
import { watchForTrouble } from './trouble.js';

export interface PageOptions extends BrowserContextOptions {
  /** What is no trouble in this test: faults that it provokes. */
  readonly expected?: readonly RegExp[];
}

/** Opens a page in a browser profile of its own. */
export type OpenPage = (url: string, options?: PageOptions) => Promise<Page>;

/** Longer than anything takes on a busy machine; what never comes is told soon enough all the same. */
const PATIENCE_MS = 20_000;

/** Tests of the pages in a real browser, which fail on any trouble that it sees. */
export const test = base.extend('open', async ({ skip }, { onCleanup }): Promise<OpenPage> => {
  const endpoint = inject('browserEndpoint');
  if (endpoint === null) throw withoutBrowser(skip);
  const browser = await chromium.connect(endpoint);
  onCleanup(() => browser.close());
  return (url, options) => openPage(browser, url, options);
});

async function openPage(browser: Browser, url: string, options: PageOptions = {}): Promise<Page> {
  const { expected = [], ...profile } = options;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    reducedMotion: 'reduce',
    ...profile,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const trouble = await watchForTrouble(context, new URL(url).origin, expected);
  onTestFinished(async () => {
    await context.close();
    expect(trouble).toEqual([]);
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** CI has a browser, so that a test which is skipped there is a test lost. */
function withoutBrowser(skip: TestContext['skip']): Error {
  if (process.env.CI === undefined && process.env.BURNISH_NEEDS_BROWSER === undefined) {
    skip('there is no Chromium here (CHROMIUM_PATH can name one)');
  }
  return new Error('There is no Chromium here, and CI needs one: install chromium, or set CHROMIUM_PATH.');
}
