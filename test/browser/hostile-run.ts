import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { reply, type Scene, type SceneOptions } from '../cli/scene.js';
import { answerCompletion } from '../support/chat-server.js';
import { datasetRow, FLAG, type HostileRow, hostileRowIn, improvedText } from '../support/hostile-rows.js';

/** The run's name; a folder's may be hostile as well. */
export const RUN = `"><img src=x onerror=window.${FLAG}=1>`;

/** Rows of a dataset, and replies in which the text of each row stands again. */
export function hostileScene(rows: readonly HostileRow[]): SceneOptions {
  return {
    rows: rows.map(datasetRow),
    script: (_, { message }) => {
      const row = hostileRowIn(message);
      return answerCompletion(`It says ${row.text}.\n\n${reply(improvedText(row))}`, {
        model: '<script>alert(1)</script>',
      });
    },
  };
}

/** Refines the dataset of the scene as the run above. */
export async function refineAsRun(scene: Scene): Promise<void> {
  expect((await scene.refine('--run', 'runs/first', '--on-flag', 'use')).status).toBe(0);
  renameSync(join(scene.folder, 'runs/first'), join(scene.folder, 'runs', RUN));
}

/** Requires that no script of the texts was run, and that none of their markup is on the page. */
export async function expectUntouched(page: Page): Promise<void> {
  expect(await page.evaluate((flag) => flag in window, FLAG)).toBe(false);
  expect(await page.locator('main iframe, main script, main base, main meta, main object').count()).toBe(0);
}
