import { describe, expect, test } from 'vitest';
import { identitySchema } from '../../src/run/manifest.js';
import { describeRule, type SelectionRule } from '../../src/select/selection-rule.js';
import { IDENTITY } from '../support/run-parts.js';

const ranking = { by: 'words', of: 'response', where: [] } as const;

const RULES: [SelectionRule, string][] = [
  [{ kind: 'top', top: 1000, ...ranking }, 'the longest by words'],
  [
    { kind: 'top', top: 5, ...ranking, of: 'all', where: ['score>=4', 'a=b'] },
    'the longest by words of instruction, input and response, where score>=4, where a=b',
  ],
  [{ kind: 'share', percent: 2.5, ...ranking, by: 'field:score' }, 'the longest 2.5 % by field:score'],
  [{ kind: 'min', min: 200, ...ranking, by: 'chars' }, 'at least 200 chars'],
  [{ kind: 'random', count: 3, seed: 7, where: [] }, 'at random, seed 7'],
  [{ kind: 'all', where: ['a=b'] }, 'all with a response, where a=b'],
  [{ kind: 'ids', ids: ['7', '12'], where: [] }, 'by id'],
];

describe('a selection rule', () => {
  test.each(RULES)('%j is told in words: %s', (rule, words) => {
    expect(describeRule(rule)).toBe(words);
  });

  test.each(RULES)('%j is kept whole in run.json', (rule) => {
    expect(identitySchema.parse({ ...IDENTITY, selection: rule }).selection).toEqual(rule);
  });

  test.each<[string, object]>([
    ['a top of nothing', { kind: 'top', top: 0, ...ranking }],
    ['a top that is no number', { kind: 'top', top: Number.NaN, ...ranking }],
    ['a top that is no whole number', { kind: 'top', top: 1.5, ...ranking }],
    ['a metric that is not known', { kind: 'top', top: 1, ...ranking, by: 'letters' }],
    ['a part that is not known', { kind: 'top', top: 1, ...ranking, of: 'input' }],
    ['a share of nothing', { kind: 'share', percent: 0, ...ranking }],
    ['a share of more than all', { kind: 'share', percent: 101, ...ranking }],
    ['a least length that is no number', { kind: 'min', min: Number.NaN, ...ranking }],
    ['no conditions', { kind: 'all' }],
    ['a seed below 0', { kind: 'random', count: 1, seed: -1, where: [] }],
    ['none at random', { kind: 'random', count: 0, seed: 0, where: [] }],
    ['a kind that is not known', { kind: 'best', where: [] }],
  ])('with %s is not read from run.json', (_, selection) => {
    expect(identitySchema.safeParse({ ...IDENTITY, selection }).success).toBe(false);
  });
});
