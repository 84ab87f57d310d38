import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { makeRows, refinedText, reply, type Scene } from '../cli/scene.js';
import { answerCompletion } from '../support/chat-server.js';
import { closedGate } from './gate.js';
import { startRun } from './new-run-page.js';
import { test } from './page-test.js';
import {
  comparison,
  expectListed,
  expectRecord,
  expectState,
  filterBox,
  listRow,
  press,
} from './review-page.js';
import { DATASET, startService } from './service.js';

const ROWS = makeRows(10);
const RESIDUE = '[End of Better Answer]';
/** Answered with a marker left in the text, which flags them, unless they are asked with the prompt below. */
const FLAGGED = [1, 4, 5, 6];
/** Answered with a critique and nothing else. */
const FAILED = 2;
const OTHER_PROMPT = 'A short prompt of ours.';

const idOf = (instruction: string): number => Number(instruction.replace('Task ', ''));
const original = (id: number): unknown => ROWS[id]?.output;
const refined = (id: number): string => refinedText(`Task ${id}`);

/** The prompt of the package, with a sentence of its own. */
function writeOtherPrompt(path: string): void {
  const prompt = readFileSync(new URL('../../prompts/introspect.md', import.meta.url), 'utf8');
  const named = prompt.replace('name: introspect', 'name: short');
  writeFileSync(
    path,
    named.replace('You improve the responses', `${OTHER_PROMPT} You improve the responses`),
  );
}

test('a run is started, watched, reviewed, retried and exported in the browser', async ({ open }) => {
  const gate = closedGate();
  let answered = 0;
  const { scene, url } = await startService({
    rows: ROWS,
    args: ['--prompt', 'short.md', '--concurrency', '2'],
    before: async ({ folder }) => writeOtherPrompt(join(folder, 'short.md')),
    script: async (instruction, { number }) => {
      // What is asked later, for repairs and retries, finds the gate open.
      answered++;
      if (answered > 4) await gate.pass();
      const id = idOf(instruction);
      const system = scene.server.requests[number]?.text ?? '';
      if (FLAGGED.includes(id) && !system.includes(OTHER_PROMPT)) {
        return answerCompletion(reply(`${refined(id)}\n${RESIDUE}`));
      }
      return id === FAILED ? answerCompletion('The response is vague, and nothing better comes.') : undefined;
    },
  });
  const page = await open(url);

  // Started from the form, and watched.
  await page.getByRole('link', { name: 'New run' }).first().click();
  await startRun(page, DATASET);
  await page
    .getByText(/\b4 of 10\b/)
    .first()
    .waitFor();
  gate.open();
  await expectState(page, 'finished');

  // Filtered to what is flagged.
  await page.getByRole('link', { name: 'Records' }).first().click();
  await filterBox(page, 'Verdict', 'flag').check();
  await expectListed(page, ['1', '4', '5', '6']);
  expect(new URL(page.url()).search).toBe('?verdict=flag');

  // A difference is read: what was taken out, what was put in, and what a check found where it stands.
  await page.getByRole('link', { name: '1', exact: true }).click();
  await expectRecord(page, '1', /flag/);
  await page.getByRole('button', { name: 'Inline' }).click();
  const shown = comparison(page);
  await shown.locator('del', { hasText: 'too' }).first().waitFor();
  await shown.locator('ins', { hasText: 'their weight holds them' }).first().waitFor();
  expect(await shown.locator('.finding-flag').allTextContents()).toContain(RESIDUE);

  // One is edited; the checks speak about what is typed.
  await press(page, 'e');
  const dialog = page.getByRole('dialog', { name: 'Edit the refined response' });
  await dialog.getByText('marker_residue').waitFor();
  await dialog
    .getByRole('textbox', { name: 'Refined response' })
    .fill('  My own words about walls, which hold by weight.\n');
  await dialog.getByText('The checks found nothing.').waitFor();
  await press(page, 'Control+Enter');

  // The page goes on to the next; one is rejected with a key.
  await expectRecord(page, '4');
  await press(page, 'r');
  await expectRecord(page, '5');
  await press(page, 'k');
  await expectRecord(page, '4', /decided: reject/);

  // What failed for the same reason, and was not decided, is asked again with the other prompt.
  await press(page, 'Escape');
  await filterBox(page, 'Verdict', 'flag').uncheck();
  await filterBox(page, 'Check', 'marker_residue').check();
  await retryListed(page, 'short', 2);

  for (const id of ['5', '6']) await listRow(page, id).waitFor({ state: 'detached' });

  // One is accepted, and one is rejected and taken back.
  await filterBox(page, 'Check', 'marker_residue').uncheck();
  await page.getByRole('link', { name: '0', exact: true }).click();
  await expectRecord(page, '0');
  await press(page, 'Shift+A');
  await expectRecord(page, '0', /decided: accept/);
  await press(page, 'j', 'j', 'j');
  await expectRecord(page, '3');
  await press(page, 'Shift+R');
  await expectRecord(page, '3', /decided: reject/);
  await press(page, 'u');
  await page.locator('.record-chips', { hasNotText: 'decided' }).waitFor();

  // A reload shows the same, by the address.
  await press(page, 'Escape');
  await filterBox(page, 'Decision', 'rejected').check();
  await filterBox(page, 'Decision', 'edited').check();
  await expectListed(page, ['1', '4']);
  await page.reload();
  await expectListed(page, ['1', '4']);
  await listRow(page, '4').getByText('reject').waitFor();

  // The training set is what was decided, on the page as on the command line.
  await page.getByRole('link', { name: 'Overview' }).first().click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Download' }).click();
  const file = join(scene.folder, 'downloaded.json');
  await (await download).saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(
    ROWS.map((row, id) => ({ ...row, output: expectedText(id) })),
  );
  await expectSameExport(scene, file);
});

function expectedText(id: number): unknown {
  if (id === 1) return 'My own words about walls, which hold by weight.';
  return id === 4 || id === FAILED ? original(id) : refined(id);
}

async function retryListed(page: Page, prompt: string, examples: number): Promise<void> {
  await page.getByRole('button', { name: /^Retry/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Retry' });
  const select = dialog.getByLabel('Prompt');
  const label = await select.locator('option', { hasText: prompt }).innerText();
  await select.selectOption({ label });
  await dialog.getByRole('button', { name: `Retry ${examples} examples` }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function expectSameExport(scene: Scene, file: string): Promise<void> {
  expect((await scene.run('export', '-o', 'cli.json')).status).toBe(0);
  expect(scene.read('cli.json')).toBe(readFileSync(file, 'utf8'));
}
