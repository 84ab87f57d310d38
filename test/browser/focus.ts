import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What is known of the element that has the focus. */
interface Focus {
  /** How a reader would call it. */
  readonly name: string;
  /** Why nobody could tell that it has the focus; empty when it can be told. */
  readonly fault: string;
}

/** Requires that something has the focus, and that one sees it; at once, or when the page has drawn what it is about to. */
export async function expectFocusVisible(page: Page): Promise<string> {
  let name = '';
  const faultNow = async (): Promise<string> => {
    const focus = await page.evaluate(describeFocus);
    name = focus.name;
    return focus.fault && `${focus.fault}: ${name} on ${page.url()}`;
  };
  await expect.poll(faultNow, { timeout: 5000 }).toBe('');
  return name;
}

/** Walks with Tab from where the focus is until it comes to an element a second time or leaves the page. */
export async function walkWithTab(page: Page, most = 200): Promise<readonly string[]> {
  const names: string[] = [];
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    const isNew = await page.evaluate(markFocus);
    if (!isNew) break;
    names.push(await expectFocusVisible(page));
  }
  // After the last element the focus is the browser's; from there it begins anew.
  if (await page.evaluate(() => document.activeElement === document.body)) await page.keyboard.press('Tab');
  await expectFocusVisible(page);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('[data-walked]')) element.removeAttribute('data-walked');
  });
  return names;
}

/** Runs on the page. Whether the focus is somewhere, and was not there before. */
function markFocus(): boolean {
  const focused = document.activeElement;
  if (focused === null || focused === document.body || focused.hasAttribute('data-walked')) return false;
  focused.setAttribute('data-walked', '');
  return true;
}

/** Runs on the page. */
function describeFocus(): Focus {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return { name: 'nothing', fault: 'the focus is lost' };
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
  const { left, top, width, height } = focused.getBoundingClientRect();
  const name = `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent?.slice(0, 40)}`;
  const isOutlined = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  const isDrawn = (shape: Element) => getComputedStyle(shape).stroke !== 'none';
  const isMarked = isOutlined || (focused instanceof SVGElement && [...focused.children].some(isDrawn));
  if (!isMarked && !focused.matches('h1, main')) return { name, fault: 'nothing marks it' };
  const x = left + Math.min(width, innerWidth - left) / 2;
  const y = top + Math.min(height, innerHeight - top) / 2;
  if (width < 1 || height < 1) return { name, fault: 'it has no size' };
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return { name, fault: 'it is out of sight' };
  const there = document.elementFromPoint(x, y);
  // The shapes of a drawing lie on each other by intention.
  const whole = (focused instanceof SVGElement && focused.ownerSVGElement) || focused;
  const isSeen = there !== null && (whole.contains(there) || there.contains(whole));
  return { name, fault: isSeen ? '' : `it is behind ${there?.tagName}.${there?.className}` };
}
