import { expect, test } from 'vitest';
import { answerCompletion } from '../support/chat-server.js';
import type { Ended } from '../support/cli.js';
import {
  datasetRow,
  HOSTILE_ROWS,
  type HostileRow,
  hostileRowIn,
  improvedText,
  LARGE_ROWS,
} from '../support/hostile-rows.js';
import { reply, type Scene, setScene } from './scene.js';

/** What a terminal would obey, and what makes text read otherwise than it stands. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** A run in which the text of each row stands in the reply as well, in the critique and in the answer. */
async function refineHostile(rows: readonly HostileRow[]): Promise<Scene> {
  const scene = await setScene({
    rows: rows.map(datasetRow),
    script: (_, { message }) => {
      const row = hostileRowIn(message);
      return answerCompletion(`It says ${row.text}.\n\n${reply(improvedText(row))}`);
    },
  });
  expectUnobeyed(await scene.refine('-o', 'out.jsonl', '--on-flag', 'use'));
  const ledger = scene.lines('ledger.jsonl');
  expect(ledger.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  const written = scene.read('out.jsonl').split('\n').slice(0, -1);
  expect(written.map((row) => JSON.parse(row))).toEqual(
    rows.map((row, place) => ({
      ...datasetRow(row),
      ...(ledger[place]?.outcome === 'refined' && { output: improvedText(row) }),
    })),
  );
  return scene;
}

function expectUnobeyed({ status, stdout, stderr }: Ended): void {
  expect({ status, stderr: status === 0 ? '' : stderr.slice(0, 1000) }).toEqual({ status: 0, stderr: '' });
  expect(OBEYED.exec(stdout + stderr)?.[0]).toBeUndefined();
}

test('a hostile dataset goes through every command, none of it is obeyed, and all of it arrives', {
  timeout: 120_000,
}, async () => {
  const scene = await refineHostile(HOSTILE_ROWS);
  for (const args of [
    ['status', '--all'],
    ['check'],
    ['diff'],
    ['diff', '--sort', 'change', '--only', 'pass'],
    ['diff', '--json'],
    ['diff', '--html', 'report.html'],
    ['decide', '--ids', '__proto__,constructor', '--reject'],
    ['export', '-o', 'again.json'],
  ]) {
    expectUnobeyed(await scene.run(...args));
  }
  for (const [place, { id }] of HOSTILE_ROWS.entries()) {
    const asSides = place % 2 === 0 ? [] : ['--side-by-side'];
    expectUnobeyed(await scene.run('diff', '--id', id, ...asSides, '--critique', '--request'));
  }
});

test('so do texts of a megabyte, of one word, one line or a hundred thousand lines', {
  timeout: 120_000,
}, async () => {
  const scene = await refineHostile(LARGE_ROWS);
  expectUnobeyed(await scene.run('check'));
  expectUnobeyed(await scene.run('diff'));
  for (const [place, { id }] of LARGE_ROWS.entries()) {
    expectUnobeyed(await scene.run('diff', '--id', id, ...(place % 2 === 0 ? [] : ['--side-by-side'])));
  }
});
