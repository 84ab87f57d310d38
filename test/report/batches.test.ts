import { expect, test } from 'vitest';
import { batchData, batchesLine, batchLines } from '../../src/report/batches.js';
import { foldBatches } from '../../src/run/batch/batch-record.js';
import { entryOf, intentOf, requestOf } from '../run/batch/batch-parts.js';

const created = [intentOf(), entryOf('uploaded'), entryOf('created')];

test.each([
  ['being uploaded', [intentOf()], 'b1: 1 request, was being uploaded; 2025-01-02 03:04 UTC'],
  ['being created', created.slice(0, 2), 'b1: 1 request, was being created; 2025-01-02 03:04 UTC'],
  ['sent', created, 'batch_1: 1 request, sent; 2025-01-02 03:04 UTC'],
  [
    'seen, and to be cancelled',
    [...created, entryOf('seen', { total: 1000, completed: 998, failed: 1 }), entryOf('cancelling')],
    'batch_1: 1 request, in_progress, to be cancelled; 998 of 1,000 done, 1 failed; 2025-01-02 03:04 UTC',
  ],
  ['collected', [...created, entryOf('collected')], 'batch_1: 1 request, collected; 2025-01-02 03:04 UTC'],
  [
    'abandoned',
    [intentOf(), entryOf('abandoned', { reason: 'no\u001b[31m' })],
    expect.stringMatching(/^b1: 1 request, abandoned: no[^\u001b]*UTC$/),
  ],
])('a batch that is %s', (_, entries, line) => {
  expect(batchLines({ batches: foldBatches(entries, 'x') }).map((text) => text.trim())).toEqual([line]);
});

test('says what to do about batches that live, and nothing about others', () => {
  const more = intentOf({ batch: 'b2', requests: [requestOf(), requestOf({ example: '1' })] });
  expect(batchesLine({ batches: foldBatches([...created, more], 'x') }, 'runs/a')).toEqual([
    'batches:      2 batches wait at the server, 3 requests; `burnish refine --run runs/a --batch` collects, `burnish cancel runs/a` cancels',
  ]);
  expect(batchesLine({ batches: foldBatches([...created, entryOf('collected')], 'x') }, 'runs/a')).toEqual(
    [],
  );
});

test('tells the same as data', () => {
  const batches = foldBatches([...created, entryOf('seen'), entryOf('lost')], 'x');
  expect(batchData({ batches })).toEqual([
    {
      ...{ batch: 'b1', serverId: 'batch_1', server: 'http://x/v1', requests: 1, status: 'in_progress' },
      ...{ createdAt: intentOf().at, seenAt: intentOf().at, endedAt: intentOf().at, end: 'lost' },
      ...{ counts: { total: 1, completed: 0, failed: 0 }, cancelRequested: false },
    },
  ]);
});
