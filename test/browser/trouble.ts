import type { BrowserContext } from 'playwright-core';

/**
 * Collects what must not happen on a page: errors and warnings on its console (among them what its content-security
 * policy refused), exceptions, requests that fail or go elsewhere, and dialogs of the browser.
 *
 * @param origin where all requests have to go
 * @param expected what is no trouble
 */
export async function watchForTrouble(
  context: BrowserContext,
  origin: string,
  expected: readonly RegExp[],
): Promise<readonly string[]> {
  const trouble: string[] = [];
  const note = (text: string): void => {
    if (!expected.some((pattern) => pattern.test(text))) trouble.push(text);
  };
  context.on('console', (message) => {
    if (['error', 'warning', 'assert'].includes(message.type())) note(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => note(`exception: ${error.error().stack}`));
  context.on('dialog', async (dialog) => {
    note(`dialog: ${dialog.type()} ${dialog.message()}`);
    await dialog.accept();
  });
  context.on('request', (request) => {
    const { protocol, origin: target } = new URL(request.url());
    if (target !== origin && !['data:', 'blob:'].includes(protocol))
      note(`request elsewhere: ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    const { errorText } = request.failure() ?? { errorText: 'unknown' };
    // A page that is left, or a filter that is changed, gives up what it was asking for.
    if (errorText !== 'net::ERR_ABORTED') note(`request failed: ${request.url()} ${errorText}`);
  });
  return trouble;
}
