import { expect } from 'vitest';
import { makeRows } from '../cli/scene.js';
import { test } from './page-test.js';
import { expectListed, expectRecord, listRow, press } from './review-page.js';
import { type Service, startService } from './service.js';

function finishedRun(): Promise<Service> {
  return startService({
    rows: makeRows(4),
    before: async (scene) => {
      expect((await scene.refine('--run', 'runs/walls')).status).toBe(0);
    },
  });
}

async function expectSaved({ scene }: Service, decisions: readonly object[]): Promise<void> {
  await expect.poll(() => scene.lines('decisions.jsonl')).toMatchObject(decisions);
}

/** What Chromium says of requests to a server that is gone. */
const GONE = [/ERR_CONNECTION_(REFUSED|RESET)/, /ERR_(EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/];

test('a decision that cannot be saved is told, kept, and saved later', async ({ open }) => {
  const service = await finishedRun();
  const page = await open(`${service.url}/runs/walls/records/0`, { expected: GONE });
  await expectRecord(page, '0');
  service.process.kill('SIGKILL');
  await service.process.ended;
  await press(page, 'Shift+R');
  await page.getByText('The decision on 0 is not saved').waitFor();
  await expectRecord(page, '0', /decided: reject.*not saved/s);
  expect(service.scene.lines('decisions.jsonl')).toEqual([]);

  const again = await service.startAgain();
  await page.getByRole('button', { name: 'Send again' }).first().click();
  await page.locator('.record-chips', { hasNotText: 'not saved' }).waitFor();
  await expectRecord(page, '0', /decided: reject/);
  await expectSaved(again, [{ example: '0', action: 'reject' }]);
});

test('a text that was typed and not saved outlives the page', async ({ open }) => {
  const service = await finishedRun();
  const page = await open(`${service.url}/runs/walls/records/0`, { expected: GONE });
  await expectRecord(page, '0');
  await press(page, 'e');
  await page.getByRole('textbox', { name: 'Refined response' }).fill('Half a sentence about');
  service.process.kill('SIGKILL');
  await service.process.ended;
  await press(page, 'Control+Shift+Enter');
  await page.getByText('The decision on 0 is not saved').first().waitFor();
  await service.startAgain();
  await page.reload();
  await page.getByRole('button', { name: 'Send again' }).first().click();
  await page.locator('.record-chips', { hasNotText: 'not saved' }).waitFor();
  await expectRecord(page, '0', /decided: edit/);
  await expectSaved(service, [{ example: '0', action: 'edit', text: 'Half a sentence about' }]);
});

test('decisions of the command line show up while the page is open', async ({ open }) => {
  const { scene, url } = await finishedRun();
  const page = await open(`${url}/runs/walls/records`);
  await expectListed(page, ['0', '1', '2', '3']);
  expect((await scene.run('decide', '--ids', '1,2', '--reject')).status).toBe(0);
  await listRow(page, '1').getByText('reject').waitFor();
  await listRow(page, '2').getByText('reject').waitFor();
  await press(page, 'j', 'Enter');
  await expectRecord(page, '0');
  expect((await scene.run('decide', '--ids', '0', '--accept')).status).toBe(0);
  await expectRecord(page, '0', /decided: accept/);
});
