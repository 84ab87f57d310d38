import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeIssues } from '../src/zod-issues.js';

const schema = z.object({ name: z.string(), inner: z.object({ list: z.array(z.int()) }) });

function issuesOf(value: unknown): string {
  const { error } = schema.safeParse(value);
  return error === undefined ? expect.fail('it fits') : describeIssues(error);
}

describe('describeIssues', () => {
  test.each<[string, unknown, RegExp]>([
    ['one fault with its place', { name: 7, inner: { list: [] } }, /^name: [^\n]*string[^\n]*number$/],
    ['a place deep inside', { name: 'a', inner: { list: [1, 'x'] } }, /^inner\.list\.1: [^\n]*number/],
    ['a fault of the whole without a place', null, /^Invalid input[^\n]*object/],
    ['how many more there are', {}, /^name: [^\n]+ \(and 1 more\)$/],
  ])('tells %s, on one line', (_, value, told) => {
    expect(issuesOf(value)).toMatch(told);
  });

  test('has words for an error without faults', () => {
    expect(describeIssues(new z.ZodError([]))).toBe('nothing');
  });
});
