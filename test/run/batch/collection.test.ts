import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/model/batch.js';
import { ModelError } from '../../../src/model/model-error.js';
import { type OddLines, readResults } from '../../../src/run/batch/collection.js';
import { customIdOf } from '../../../src/run/batch/custom-id.js';
import { completionBody } from '../../support/chat-server.js';
import { intentOf, recordOf, requestOf } from './batch-parts.js';

const BATCH: Batch = {
  ...{ id: 'batch_1', status: 'completed', intent: 'b1', inputFileId: 'file-1' },
  ...{ outputFileId: 'file-2', errorFileId: null, createdAtMs: null, expiresAtMs: null, errors: [] },
  counts: { total: 4, completed: 4, failed: 0 },
};

const good = (example: string, content = 'Good.') =>
  JSON.stringify({
    custom_id: customIdOf({ example, attempt: 1 }),
    response: { status_code: 200, body: completionBody(content) },
  });
const bad = (example: string, status = 500) =>
  JSON.stringify({
    custom_id: customIdOf({ example, attempt: 1 }),
    response: { status_code: status, body: { error: { message: 'No.' } } },
  });

/** What comes of these lines for a batch about the examples 0 to `count` - 1. */
async function read(
  count: number,
  lines: readonly string[],
  batch: Partial<Batch> = {},
  answeredBefore = false,
) {
  const requests = Array.from({ length: count }, (_, example) => requestOf({ example: String(example) }));
  const odd: OddLines = { duplicated: 0, foreign: 0, unreadable: 0, missing: 0 };
  const context = { model: 'm', secrets: [] };
  const source = (async function* () {
    yield* lines;
  })();
  const record = recordOf(intentOf({ requests }));
  const results: string[] = [];
  for await (const { request, answer } of readResults(
    record,
    { ...BATCH, ...batch },
    source,
    context,
    answeredBefore,
    odd,
  )) {
    const told = answer instanceof ModelError ? `${answer.facts.kind} ${answer.facts.code}` : answer.content;
    results.push(`${request.example}: ${told}`);
  }
  return { results, odd };
}

describe('reading the files of a batch', () => {
  test('faults come after the replies read before, and before the last reply', async () => {
    const { results } = await read(4, [good('2'), bad('1'), good('0'), good('3')]);
    expect(results).toEqual(['2: Good.', '0: Good.', '1: transport server_error', '3: Good.']);
  });

  test.each([
    ['first', [good('0'), bad('0')]],
    ['last', [bad('0'), good('0')]],
  ])('a reply beats a fault for the same request, where it comes %s', async (_, lines) => {
    expect(await read(1, lines)).toMatchObject({ results: ['0: Good.'], odd: { duplicated: 1 } });
  });

  test('of two replies the first counts', async () => {
    const { results, odd } = await read(1, [good('0', 'One.'), good('0', 'Two.')]);
    expect(results).toEqual(['0: One.']);
    expect(odd.duplicated).toBe(1);
  });

  test('an empty line is nothing', async () => {
    expect((await read(1, ['', good('0'), ' '])).odd).toEqual({
      ...{ duplicated: 0, foreign: 0, unreadable: 0, missing: 0 },
    });
  });

  test.each([
    ['completed', 2, 'transport malformed_reply', 1],
    ['expired', 1, 'transport not_done', 0],
    ['expired', 2, 'transport malformed_reply', 1],
    ['cancelled', 1, 'transport not_done', 0],
    ['failed', 0, 'transport not_done', 0],
  ] as const)(
    'a missing line in a batch that is %s with %i done: %s',
    async (status, completed, told, missing) => {
      const { results, odd } = await read(2, [good('0')], {
        status,
        counts: { total: 2, completed, failed: 0 },
      });
      expect(results).toEqual([`1: ${told}`, '0: Good.']);
      expect(odd.missing).toBe(missing);
    },
  );

  const allBad = ['0', '1', '2', '3', '4'].map((example) => bad(example, 400));
  test.each([
    ['nothing but bad requests concern the run', 5, allBad, false, 'run bad_request'],
    ['fewer concern the examples', 4, allBad.slice(0, 4), false, 'example bad_request'],
    ['so they do after an answer', 5, allBad, true, 'example bad_request'],
    ['and beside one', 6, [...allBad, good('5')], false, 'example bad_request'],
    ['and beside another fault', 6, [...allBad, bad('5')], false, 'example bad_request'],
  ])('%s', async (_, count, lines, answeredBefore, told) => {
    expect((await read(count, lines, {}, answeredBefore)).results[0]).toBe(`0: ${told}`);
  });
});
