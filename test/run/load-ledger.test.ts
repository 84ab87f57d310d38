import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { candidateCheck, prepareSuite } from '../../src/checks/index.js';
import { loadLedger } from '../../src/run/load-ledger.js';
import { MANIFEST_VERSION } from '../../src/run/manifest.js';
import type { RunRecord } from '../../src/run/read-run.js';
import {
  attemptOf,
  manifestOf,
  PROMPT,
  PROMPT_TEXT,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';

const folder = temporaryFolder();

test('while the replies of a run are checked, other work of the process has its turn', async () => {
  mkdirSync(join(folder, 'prompts'));
  writeFileSync(join(folder, 'prompts', `${PROMPT.hash}.md`), PROMPT_TEXT);
  const selection = someExamples(4);
  const run: RunRecord = {
    ...{ dir: folder, selection, sent: [], batches: [], decisions: new Map(), warnings: [] },
    manifest: { v: MANIFEST_VERSION, ...manifestOf(selection.length) },
    attempts: selection.map(({ id }) => attemptOf({ example: id })),
  };
  let turns = 0;
  const takeTurn = (): void => {
    turns++;
    again = setImmediate(takeTurn);
  };
  let again = setImmediate(takeTurn);
  const turnsAtChecks: number[] = [];
  const slow = candidateCheck({
    ...{ id: 'slow', version: 1, severity: 'note', description: 'Takes its time.' },
    find: () => {
      turnsAtChecks.push(turns);
      const begunMs = performance.now();
      while (performance.now() - begunMs < 12);
      return [];
    },
  });
  const ledger = await loadLedger(run, prepareSuite([slow], {}, 'test'));
  clearImmediate(again);
  expect(ledger.map(({ example }) => example)).toEqual(selection);
  expect(new Set(turnsAtChecks).size).toBe(selection.length);
});
