import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BatchEntry } from '../../../src/run/batch/batch-entry.js';
import { examplesInBatches, foldBatches } from '../../../src/run/batch/batch-record.js';
import { customIdOf } from '../../../src/run/batch/custom-id.js';
import { commitmentOf } from '../../../src/run/commitment.js';
import { ownRun } from '../../../src/run/own-run.js';
import { readRun } from '../../../src/run/read-run.js';
import { attemptOf, makeRun, someExamples, temporaryFolder } from '../../support/run-parts.js';
import { entryOf, intentOf, recordOf, requestOf } from './batch-parts.js';

const folder = temporaryFolder();

describe('the batches of a run', () => {
  test('stand as their lines leave them', () => {
    const record = recordOf(
      intentOf(),
      entryOf('uploaded'),
      entryOf('created'),
      entryOf('seen'),
      entryOf('seen', { completed: 1 }),
      entryOf('cancelling'),
    );
    expect(record).toMatchObject({
      ...{ inputFileId: 'file-1', serverId: 'batch_1', cancelRequested: true, end: null },
      seen: { completed: 1 },
    });
  });

  test('examples are theirs until the end', () => {
    const other = intentOf({
      batch: 'b2',
      requests: [requestOf({ example: '1' }), requestOf({ example: '2' })],
    });
    const ended = foldBatches([intentOf(), other, entryOf('collected')], 'x');
    expect(examplesInBatches(ended)).toEqual(new Set(['1', '2']));
  });

  test.each([
    ['an event of a batch that was never meant', [entryOf('created')], 1],
    ['an intent twice', [intentOf(), intentOf()], 2],
    ['an event after the end', [intentOf(), entryOf('abandoned'), entryOf('created')], 3],
  ] satisfies [string, BatchEntry[], number][])('damage: %s', (_, entries, line) => {
    expect(() => foldBatches(entries, 'batches.jsonl')).toThrow(
      expect.objectContaining({
        code: 'run_damaged',
        facts: expect.objectContaining({ where: `batches.jsonl, line ${line}` }),
      }),
    );
  });

  test('are read from the disk, a torn last line left out and cut off by the next owner', async () => {
    const dir = await makeRun(join(folder, 'torn'), someExamples(1));
    expect((await readRun(dir)).batches).toEqual([]);
    const path = join(dir, 'batches.jsonl');
    writeFileSync(path, `${JSON.stringify(intentOf())}\n${JSON.stringify(entryOf('uploaded')).slice(0, 30)}`);
    const { batches, warnings } = await readRun(dir);
    expect(batches).toMatchObject([{ inputFileId: null }]);
    expect(warnings).toEqual([expect.stringContaining('batches.jsonl')]);
    const run = await ownRun(dir);
    await run.noteBatch(entryOf('abandoned'));
    expect(run.batches).toMatchObject([{ end: { kind: 'abandoned' } }]);
    await run.close();
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  });

  test.each([
    ['a line of a later version', { ...intentOf(), v: 2 }, 'run_newer'],
    ['an event of an unknown kind', { ...entryOf('created'), kind: 'bought' }, 'run_damaged'],
  ])('refused: %s', async (name, line, code) => {
    const dir = await makeRun(join(folder, name.replaceAll(' ', '-')), someExamples(1));
    appendFileSync(join(dir, 'batches.jsonl'), `${JSON.stringify(line)}\n`);
    await expect(readRun(dir)).rejects.toMatchObject({ code });
  });
});

describe('what a run is committed to', () => {
  const usage = { promptTokens: 80, completionTokens: 10, cachedPromptTokens: 0, reasoningTokens: 0 };
  const two = intentOf({ requests: [requestOf(), requestOf({ example: '1' })] });
  const answered = attemptOf({ batch: 'b1', usage, costUsd: 0.1 });

  test.each([
    ['lives: all of it', [], [], { tokens: 328, usd: 1 }],
    ['is being collected: what is not answered yet', [], [answered], { tokens: 254, usd: 0.6 }],
    ['never came to be: nothing', [entryOf('abandoned')], [], { tokens: 0, usd: 0 }],
    ['is lost: all that was not answered', [entryOf('lost')], [answered], { tokens: 254, usd: 0.6 }],
    [
      'is collected: what was used, or may have been',
      [entryOf('collected')],
      [answered, attemptOf({ example: '1', batch: 'b1', fault: ['transport', 'malformed_reply', 'none'] })],
      { tokens: 254, usd: 0.6 },
    ],
    [
      'is collected, and one request was never worked on',
      [entryOf('collected')],
      [answered, attemptOf({ example: '1', batch: 'b1', fault: ['transport', 'not_done', 'late'] })],
      { tokens: 90, usd: 0.1 },
    ],
  ])('by a batch that %s', (_, entries, attempts, total) => {
    expect(commitmentOf({ attempts, sent: [], batches: foldBatches([two, ...entries], 'x') }).total).toEqual(
      total,
    );
  });

  test('a request that was lost by itself is not taken for one that a batch answered', () => {
    const reserved = { promptTokens: 1, completionTokens: 2, usd: 3 };
    const lost = { v: 1 as const, example: '0', attempt: 1, session: 's0', model: 'small-model', reserved };
    const batches = foldBatches([intentOf(), entryOf('collected')], 'x');
    expect(commitmentOf({ attempts: [answered], sent: [lost], batches })).toEqual({
      total: { tokens: 93, usd: 3.1 },
      unanswered: [lost],
    });
  });

  test('at half the price when that becomes known later', () => {
    const unpriced = intentOf({ requests: [requestOf({ usd: null })] });
    const known = { model: 'small-model', price: { inputUsdPerMTok: 1000, outputUsdPerMTok: 2000 } };
    const { usd } = commitmentOf(
      { attempts: [], sent: [], batches: foldBatches([unpriced], 'x') },
      known,
    ).total;
    expect(usd).toBeCloseTo((100 * 1000 + 64 * 2000) / 2 / 1e6);
    const { usd: ofAttempt } = commitmentOf(
      { attempts: [attemptOf({ batch: 'b1', usage })], sent: [], batches: [] },
      known,
    ).total;
    expect(ofAttempt).toBeCloseTo((80 * 1000 + 10 * 2000) / 2 / 1e6);
  });
});

test.each(['7', 'x'.repeat(5000), 'ä"\n\u0000/../', '', '🙂'])(
  'any id makes a custom_id that servers take',
  (example) => {
    const id = customIdOf({ example, attempt: 12_345 });
    expect(id).toMatch(/^a12345-[0-9a-f]{32}$/);
    expect(id).not.toBe(customIdOf({ example: `${example}.`, attempt: 12_345 }));
    expect(id).not.toBe(customIdOf({ example, attempt: 1 }));
  },
);
