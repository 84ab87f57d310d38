import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What is wrong, where, and how to mend it. */
interface Violation {
  readonly rule: string;
  readonly where: string;
  readonly what: string;
}

/** Requires that axe finds nothing on the page as it is, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  const found: Record<string, readonly Violation[]> = {};
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found[colorScheme] = await findViolations(page);
  }
  await page.emulateMedia({ colorScheme: null });
  expect({ page: page.url(), ...found }).toEqual({ page: page.url(), light: [], dark: [] });
}

async function findViolations(page: Page): Promise<readonly Violation[]> {
  // Evaluated, not added as an element: the page's own policy lets no foreign script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({
      rule: id,
      where: target.join(' '),
      what: failureSummary ?? '',
    })),
  );
}
