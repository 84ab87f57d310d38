import { describe, expect, test } from 'vitest';
import { isOver, readBatch, readBatchPage } from '../../src/model/batch.js';

const whole = {
  id: 'batch_1',
  object: 'batch',
  endpoint: '/v1/chat/completions',
  errors: null,
  input_file_id: 'file-1',
  completion_window: '24h',
  status: 'in_progress',
  output_file_id: 'file-2',
  error_file_id: 'file-3',
  created_at: 1_700_000_000,
  expires_at: 1_700_086_400,
  request_counts: { total: 3, completed: 2, failed: 1 },
  metadata: { burnish_intent: 'i-1', other: 'x' },
};

const read = {
  id: 'batch_1',
  status: 'in_progress',
  intent: 'i-1',
  inputFileId: 'file-1',
  outputFileId: 'file-2',
  errorFileId: 'file-3',
  counts: { total: 3, completed: 2, failed: 1 },
  createdAtMs: 1_700_000_000_000,
  expiresAtMs: 1_700_086_400_000,
  errors: [],
};

describe('a batch', () => {
  test('is read whole', () => {
    expect(readBatch(whole, [])).toEqual(read);
  });

  test('needs nothing but id and status', () => {
    expect(readBatch({ id: 'b', status: 'completed' }, [])).toEqual({
      id: 'b',
      status: 'completed',
      intent: null,
      inputFileId: null,
      outputFileId: null,
      errorFileId: null,
      counts: { total: 0, completed: 0, failed: 0 },
      createdAtMs: null,
      expiresAtMs: null,
      errors: [],
    });
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'empty ids of files',
      { output_file_id: '', error_file_id: '' },
      { outputFileId: null, errorFileId: null },
    ],
    ['metadata of another kind', { metadata: 'none' }, { intent: null }],
    ['an intent that is no text', { metadata: { burnish_intent: 7 } }, { intent: null }],
    ['no counts', { request_counts: null }, { counts: { total: 0, completed: 0, failed: 0 } }],
    ['half the counts', { request_counts: { total: 3 } }, { counts: { total: 3, completed: 0, failed: 0 } }],
    ['a date in words', { created_at: '2023-11-14T22:13:20Z' }, {}],
    ['no date', { created_at: 'soon', expires_at: null }, { createdAtMs: null, expiresAtMs: null }],
    ['errors without a list', { errors: { object: 'list' } }, { errors: [] }],
    ['errors of another kind', { errors: 'none' }, { errors: [] }],
    [
      'errors with half their fields',
      { errors: { data: [{ code: 'c' }, { message: 'm', line: 2 }] } },
      {
        errors: [
          { code: 'c', message: '', line: null },
          { code: '', message: 'm', line: 2 },
        ],
      },
    ],
  ])('is read with %s', (_, change, expected) => {
    expect(readBatch({ ...whole, ...change }, [])).toEqual({ ...read, ...expected });
  });

  test.each([
    ['COMPLETED', 'completed'],
    ['canceled', 'cancelled'],
    ['canceling', 'cancelling'],
    ['queued', 'in_progress'],
    ['', 'in_progress'],
  ])('with the status "%s" counts as %s', (status, expected) => {
    expect(readBatch({ ...whole, status }, []).status).toBe(expected);
  });

  test.each([[{}], [null], ['text'], [{ id: '', status: 'failed' }], [{ id: 'b' }], [{ status: 'failed' }]])(
    'is not %j',
    (body) => {
      expect(() => readBatch(body, [])).toThrow(
        expect.objectContaining({ facts: { kind: 'transport', code: 'malformed_reply', status: 200 } }),
      );
    },
  );

  test.each([
    ['validating', false],
    ['in_progress', false],
    ['finalizing', false],
    ['cancelling', false],
    ['completed', true],
    ['failed', true],
    ['expired', true],
    ['cancelled', true],
  ] as const)('that is %s is over: %s', (status, over) => {
    expect(isOver(status)).toBe(over);
  });
});

describe('a page of the list', () => {
  test('is its batches, and whether there are more', () => {
    expect(readBatchPage({ data: [whole], has_more: true }, [])).toEqual({ batches: [read], hasMore: true });
    expect(readBatchPage({ data: [] }, [])).toEqual({ batches: [], hasMore: false });
  });

  test('is not anything else', () => {
    expect(() => readBatchPage({ object: 'list' }, [])).toThrow('no list of batches: data');
  });
});
