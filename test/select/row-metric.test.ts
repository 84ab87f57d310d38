import { describe, expect, test } from 'vitest';
import type { DatasetRow } from '../../src/dataset/row-reader.js';
import { isMetricName, loadMetric, METRIC_NAMES } from '../../src/select/row-metric.js';
import { datasetRow } from '../support/dataset-row.js';

const ROW: DatasetRow = datasetRow({
  instruction: 'Say it. Please.',
  input: 'it: é',
  output: "I can't.",
  score: 4.5,
  'a.b c': -1,
  rank: '7',
});

describe('a metric', () => {
  test.each([
    ['words', 'response', 4],
    ['words', 'all', 5 + 3 + 4],
    ['chars', 'response', 8],
    ['chars', 'all', 15 + 5 + 8],
    ['bytes', 'all', 15 + 6 + 8],
    ['field:score', 'response', 4.5],
    ['field:score', 'all', 4.5],
    ['field:a.b c', 'response', -1],
  ] as const)('by %s of %s comes to %d', async (by, of, length) => {
    const metric = await loadMetric(by, of);
    expect(metric.measure(ROW)).toBe(length);
    expect(metric.mayReach(ROW, length)).toBe(true);
  });

  test.each(['words', 'chars', 'bytes', 'tokens:llama'])(
    'by %s rules out what it cannot reach',
    async (by) => {
      for (const of of ['response', 'all'] as const) {
        expect((await loadMetric(by, of)).mayReach(ROW, 1000)).toBe(false);
      }
    },
  );

  test.each(['field:rank', 'field:none', 'field:toString', 'field:__proto__', 'field:instruction'])(
    'by %s measures no row without such a number, and rules none out',
    async (by) => {
      const metric = await loadMetric(by, 'response');
      expect(metric.measure(ROW)).toBeNaN();
      expect(metric.mayReach(ROW, Number.POSITIVE_INFINITY)).toBe(true);
    },
  );
});

describe('the name of a metric', () => {
  test.each([
    'words',
    'chars',
    'bytes',
    'tokens:o200k',
    'tokens:cl100k',
    'tokens:llama',
    'field:x',
    'field: a:b',
  ])('can be %s', (name) => {
    expect(isMetricName(name)).toBe(true);
  });

  test.each([
    '',
    'word',
    'WORDS',
    'tokens',
    'tokens:',
    'tokens:gpt2',
    'field:',
    'field',
    'toString',
    '__proto__',
  ])('cannot be %j, which is refused with the names that are known', async (name) => {
    expect(isMetricName(name)).toBe(false);
    await expect(loadMetric(name, 'response')).rejects.toMatchObject({
      code: 'usage',
      facts: { expected: METRIC_NAMES, found: name, where: '--by' },
    });
  });
});
