import type { TestProject } from 'vitest/node';
import { findChromium, launchChromium } from './chromium.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser of all test files listens; null without a browser. */
    browserEndpoint: string | null;
  }
}

/**
 * Starts one browser for all tests of the pages.
 *
 * @returns what closes it
 */
export default async function startBrowser({ provide }: TestProject): Promise<() => Promise<void>> {
  const path = findChromium();
  if (path === undefined) {
    provide('browserEndpoint', null);
    console.warn('There is no Chromium here (CHROMIUM_PATH can name one), so no page is tested.');
    return async () => {};
  }
  const browser = await launchChromium(path);
  provide('browserEndpoint', browser.wsEndpoint());
  return () => browser.close();
}
