import { expect } from 'vitest';
import { makeRows } from '../cli/scene.js';
import { test } from './page-test.js';
import { expectListed } from './review-page.js';
import { startService } from './service.js';

const TOKEN = 'a-token-of-the-tests-0123456789';

test('a server with a token lets in who knows it, for as long as they are logged in', async ({ open }) => {
  const { url } = await startService({
    rows: makeRows(2),
    env: { BURNISH_TOKEN: TOKEN },
    before: async (scene) => {
      expect((await scene.refine('--run', 'runs/walls')).status).toBe(0);
    },
  });
  const page = await open(`${url}/runs/walls/records?verdict=pass`, { expected: [/status of 401/] });
  await page.waitForURL(/\/login/);
  await page.getByLabel('Token').fill('something else');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Token').fill(TOKEN);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/runs\/walls\/records\?verdict=pass/);
  await expectListed(page, ['0', '1']);

  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  expect(cookies[0]?.value).not.toContain(TOKEN);
  expect(await page.evaluate('document.cookie')).toBe('');

  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(/\/login/);
  await page.goto(`${url}/runs/walls/records`);
  await page.waitForURL(/\/login/);
});
