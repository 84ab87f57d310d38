import { chromium, type Page } from 'playwright-core';
import { launchChromium } from '../../test/browser/chromium.ts';

/** How long a reader waits, in milliseconds. */
export interface Use {
  /** From the beginning until the first examples are compared, and drawn. */
  readonly openMs: number;
  /** Of 100 frames while scrolling, 99 took no longer. */
  readonly frameMs: number;
  readonly longestFrameMs: number;
  /** From a key until the next example is drawn. */
  readonly keyMs: number;
  /** From a choice of a filter until the list is drawn. */
  readonly filterMs: number;
}

/** Pixels that are scrolled in a frame: a fast turn of the wheel. */
const SCROLL_STEP = 160;
const SCROLL_FRAMES = 400;

/** Opens a report some times, each in a profile of its own, and uses it. */
export async function useReport(chromiumPath: string, url: string, times: number): Promise<Use[]> {
  const server = await launchChromium(chromiumPath);
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const uses: Use[] = [];
    for (let time = 0; time < times; time++) {
      const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
      uses.push(await useOnce(await context.newPage(), url));
      await context.close();
    }
    return uses;
  } finally {
    await server.close();
  }
}

async function useOnce(page: Page, url: string): Promise<Use> {
  const began = performance.now();
  // With a filter that everything fits, so that the list is in sight.
  await page.goto(`${url}#?change=none,small,medium,large,whole`);
  await page.waitForSelector('.example .diff');
  await drawn(page);
  const openMs = performance.now() - began;
  const frames = (await scroll(page)).toSorted((one, other) => one - other);
  const keyMs = await timed(page, () => page.keyboard.press('j'));
  const filterMs = await timed(page, () => page.locator('.facet').last().locator('input').first().click());
  return {
    openMs,
    frameMs: frames[Math.floor(frames.length * 0.99)] ?? 0,
    longestFrameMs: frames.at(-1) ?? 0,
    keyMs,
    filterMs,
  };
}

async function timed(page: Page, act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  await drawn(page);
  return performance.now() - began;
}

/** Waits until what is there now was drawn. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

/** Scrolls through the examples; gives how long each frame took. */
function scroll(page: Page): Promise<number[]> {
  return page.evaluate(
    ({ step, count }) =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        let before = performance.now();
        const next = () => {
          const now = performance.now();
          frames.push(now - before);
          before = now;
          scrollBy(0, step);
          if (frames.length < count) requestAnimationFrame(next);
          else resolve(frames);
        };
        requestAnimationFrame(next);
      }),
    { step: SCROLL_STEP, count: SCROLL_FRAMES },
  );
}
