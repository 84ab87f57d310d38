import { expect, test } from 'vitest';
import { lineBytes, OPENAI_BATCH_LIMITS, splitBatches } from '../../src/model/batch-split.js';
import { Random } from '../support/random.js';

const roomy = { requests: 100, bytes: 1_000, promptTokens: null };

function requests(sizes: readonly (readonly [bytes: number, promptTokens: number])[]) {
  return sizes.map(([bytes, promptTokens], id) => ({ id, bytes, promptTokens }));
}

function ids(batches: readonly (readonly { readonly id: number }[])[]) {
  return batches.map((batch) => batch.map(({ id }) => id));
}

const four = requests([
  [10, 5],
  [10, 5],
  [10, 5],
  [10, 5],
]);

test.each([
  ['everything fits', four, roomy, [[0, 1, 2, 3]]],
  ['nothing comes', [], roomy, []],
  ['a batch is full by requests', four, { ...roomy, requests: 3 }, [[0, 1, 2], [3]]],
  [
    'a batch is full to the byte',
    four,
    { ...roomy, bytes: 20 },
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ['a byte is missing', four, { ...roomy, bytes: 39 }, [[0, 1, 2], [3]]],
  [
    'a batch is full by tokens',
    four,
    { ...roomy, promptTokens: 14 },
    [
      [0, 1],
      [2, 3],
    ],
  ],
  [
    'a request has more tokens than a batch may: it is alone',
    requests([
      [1, 1],
      [1, 99],
      [1, 1],
    ]),
    { ...roomy, promptTokens: 10 },
    [[0], [1], [2]],
  ],
])('%s', (_, list, limits, expected) => {
  const split = splitBatches(list, limits);
  expect(ids(split.batches)).toEqual(expected);
  expect(split.tooLarge).toEqual([]);
});

test('a request longer than a file may be is told apart, and divides nothing', () => {
  const list = requests([
    [10, 1],
    [1_001, 1],
    [10, 1],
    [1_000, 1],
  ]);
  const split = splitBatches(list, roomy);
  expect(ids(split.batches)).toEqual([[0, 2], [3]]);
  expect(ids([split.tooLarge])).toEqual([[1]]);
});

test('whatever comes, everything is in one place, in order, within the limits, and no batch is needless', () => {
  const random = new Random(4);
  for (let round = 0; round < 200; round++) {
    const limits = {
      requests: 1 + random.below(6),
      bytes: 1 + random.below(60),
      promptTokens: random.below(2) === 0 ? null : random.below(40),
    };
    const list = requests(
      Array.from({ length: random.below(40) }, () => [1 + random.below(30), random.below(30)]),
    );
    const { batches, tooLarge } = splitBatches(list, limits);
    expect(batches.flat()).toEqual(list.filter(({ bytes }) => bytes <= limits.bytes));
    expect(tooLarge).toEqual(list.filter(({ bytes }) => bytes > limits.bytes));
    for (const [index, batch] of batches.entries()) {
      expect(batch.length).toBeGreaterThan(0);
      if (batch.length > 1) expect(fits(batch, limits)).toBe(true);
      const next = batches[index + 1]?.[0];
      if (next !== undefined) expect(fits([...batch, next], limits)).toBe(false);
    }
  }
});

function fits(
  batch: readonly { readonly bytes: number; readonly promptTokens: number }[],
  limits: { requests: number; bytes: number; promptTokens: number | null },
): boolean {
  const bytes = batch.reduce((total, request) => total + request.bytes, 0);
  const tokens = batch.reduce((total, request) => total + request.promptTokens, 0);
  return (
    batch.length <= limits.requests && bytes <= limits.bytes && tokens <= (limits.promptTokens ?? Infinity)
  );
}

test('bytes are those of the file: of UTF-8, with the line feed', () => {
  expect(lineBytes('{"a":"ü👋"}')).toBe(Buffer.from('{"a":"ü👋"}\n').length);
});

test('the limits stay below OpenAI’s, whatever a MB is', () => {
  expect(OPENAI_BATCH_LIMITS.requests).toBe(50_000);
  expect(OPENAI_BATCH_LIMITS.bytes).toBeLessThan(200_000_000);
});
