import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { makeRows, refinedText, reply } from '../cli/scene.js';
import { answerCompletion } from '../support/chat-server.js';
import { expectAccessible } from './accessible.js';
import { expectFocusVisible, walkWithTab } from './focus.js';
import { closedGate } from './gate.js';
import { planRun } from './new-run-page.js';
import { test } from './page-test.js';
import { expectListed, expectRecord, expectState, filterBox, press } from './review-page.js';
import { DATASET, type Service, type ServiceOptions, startService } from './service.js';

/** A finished run of five: 1 is flagged, 2 has no answer, 3 was rejected; it can be asked again. */
function reviewedRun(options: ServiceOptions = {}): Promise<Service> {
  return startService({
    rows: makeRows(5),
    script: (instruction) => {
      if (instruction === 'Task 2') return answerCompletion('A critique and nothing else.');
      const marked = `${refinedText(instruction)}\n[End of Better Answer]`;
      return instruction === 'Task 1' ? answerCompletion(reply(marked)) : undefined;
    },
    before: async (scene) => {
      expect((await scene.refine('--run', 'runs/walls')).status).toBe(0);
      expect((await scene.run('decide', 'runs/walls', '--ids', '3', '--reject')).status).toBe(0);
    },
    ...options,
  });
}

async function goTo(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

test('axe finds no fault on any page or dialog, in light or dark', async ({ open }) => {
  const { url } = await reviewedRun();
  const run = `${url}/runs/walls`;
  const page = await open(url);
  await page.getByRole('link', { name: 'walls' }).waitFor();
  await expectAccessible(page);
  await goTo(page, `${url}/new`);
  await planRun(page, DATASET);
  await expectAccessible(page);
  await goTo(page, run);
  await expectState(page, 'finished');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('dialog').waitFor();
  await expectAccessible(page);

  await goTo(page, `${run}/records`);
  await expectListed(page, ['0', '1', '2', '3', '4']);
  await expectAccessible(page);
  await press(page, '?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await expectAccessible(page);
  await press(page, 'Escape', 't');
  await page.getByRole('dialog', { name: 'Retry' }).getByText('Asked again').waitFor();
  await expectAccessible(page);
  await goTo(page, `${run}/records?q=nothing%20like%20this`);
  await page.getByText('No record matches').waitFor();
  await expectAccessible(page);

  for (const view of ['side', 'inline']) {
    await goTo(page, `${run}/records/1?view=${view}`);
    await expectRecord(page, '1');
    await expectAccessible(page);
  }
  await press(page, 'e');
  await page.getByRole('dialog').getByText('marker_residue').waitFor();
  await expectAccessible(page);
  await press(page, 'Escape');
  await page.getByRole('button', { name: 'Prompt', exact: true }).first().click();
  await page.getByRole('dialog').getByText('You improve the responses').waitFor();
  await expectAccessible(page);
  await press(page, 'Escape');
  await page.getByRole('button', { name: 'Reply', exact: true }).first().click();
  await page.getByRole('dialog').getByText('[Better Answer]').waitFor();
  await expectAccessible(page);

  await goTo(page, `${run}/records/2`);
  await expectRecord(page, '2', /fail/);
  await expectAccessible(page);
  await page.goto(`${run}/nothing/here`);
  await page.getByText('There is no such page').waitFor();
  await expectAccessible(page);
});

test('axe finds no fault at the log-in', async ({ open }) => {
  const { url } = await startService({ env: { BURNISH_TOKEN: 'a-token-of-the-tests-0123456789' } });
  const page = await open(url, { expected: [/status of 401/] });
  await page.getByLabel('Token').fill('something else');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').waitFor();
  await expectAccessible(page);
});

test('axe finds no fault while a run is under way', async ({ open }) => {
  const gate = closedGate();
  onTestFinished(() => gate.open());
  const { url } = await startService({
    rows: makeRows(5),
    script: async (_, { number }) => {
      if (number > 1) await gate.pass();
      return undefined;
    },
  });
  const { run } = await startByRequest(url);
  const page = await open(`${url}/runs/${run}`);
  await page
    .getByText(/\b2 of 5\b/)
    .first()
    .waitFor();
  await expectAccessible(page);
  await goTo(page, url);
  await page.getByText('running').first().waitFor();
  await expectAccessible(page);
});

test('axe finds no fault where a run rests and is gone on with', async ({ open }) => {
  const { url } = await startService({ rows: makeRows(5) });
  const { run } = await startByRequest(url, { limit: 2 });
  const page = await open(`${url}/runs/${run}`);
  await page.getByRole('button', { name: 'Go on…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Go on with the run' });
  await dialog.getByText('3 examples not answered yet').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Go on', exact: true }).click();
  await page.getByText('finished').first().waitFor();
  await expectAccessible(page);
});

async function startByRequest(url: string, more: object = {}): Promise<{ readonly run: string }> {
  const answer = await fetch(`${url}/api/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dataset: DATASET, all: true, ...more }),
  });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { run: string };
}

test('whoever uses the keyboard alone sees where they are, and never loses it', async ({ open }) => {
  const { url } = await reviewedRun();
  const page = await open(`${url}/runs/walls/records`);
  await expectListed(page, ['0', '1', '2', '3', '4']);
  const walked = await walkWithTab(page);
  expect(walked.length).toBeGreaterThan(15);
  // Rows, a filter, the search and its way back.
  await press(page, 'j', 'j');
  await expectFocusVisible(page);
  await filterBox(page, 'Verdict', 'pass').focus();
  await press(page, 'Space');
  await expectListed(page, ['0', '3', '4']);
  await expectFocusVisible(page);
  await press(page, 'Space', '/');
  await expectFocusVisible(page);
  await page.keyboard.type('Task 1');
  await expectListed(page, ['1']);
  await expectFocusVisible(page);
  await press(page, 'Escape', 'j', 'Enter');
  await expectRecord(page, '1');
  await expectFocusVisible(page);
  await walkWithTab(page);

  // Dialogs take the focus, and give it back.
  for (const key of ['e', 't', '?']) {
    await press(page, key);
    await page.getByRole('dialog').waitFor();
    await expectFocusVisible(page);
    await walkWithTab(page);
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectFocusVisible(page);
  }
  for (const key of ['v', 'n', 'Shift+A', 'u', 'Escape']) {
    await press(page, key);
    await expectFocusVisible(page);
  }
  await expectListed(page, ['1']);
  for (const path of ['/', '/new', '/runs/walls']) {
    await goTo(page, url + path);
    await walkWithTab(page);
  }
});
