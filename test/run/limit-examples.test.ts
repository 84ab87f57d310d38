import { describe, expect, test } from 'vitest';
import { limitExamples } from '../../src/run/limit-examples.js';
import { type NextRound, refinementTask } from '../../src/run/task.js';
import { FIRST, someExamples } from '../support/run-parts.js';

const NONE = new Set<string>();

/** Rounds that ask about these examples, by number. */
const roundsOf = (...rounds: readonly (readonly number[])[]): NextRound => {
  const left = [...rounds];
  return async () => (left.shift() ?? []).flatMap((number) => taskOf(number));
};
const taskOf = (number: number) =>
  someExamples(9)
    .slice(number, number + 1)
    .map((one) => refinementTask(one, FIRST));
const idsIn = async (next: NextRound) => (await next(NONE)).map(({ example }) => example.id);

describe('a limit on examples', () => {
  test('takes those that come up first, over all rounds', async () => {
    const next = limitExamples(3)(roundsOf([0, 1], [2, 3, 4], [5]));
    expect(await idsIn(next)).toEqual(['0', '1']);
    expect(await idsIn(next)).toEqual(['2']);
    expect(await idsIn(next)).toEqual([]);
  });

  test('counts an example once, however often it is asked about', async () => {
    const next = limitExamples(2)(roundsOf([0, 0, 1, 2], [2, 1, 0]));
    expect(await idsIn(next)).toEqual(['0', '0', '1']);
    expect(await idsIn(next)).toEqual(['1', '0']);
  });

  test('is shared by all rounds that are made with it', async () => {
    const limited = limitExamples(2);
    expect(await idsIn(limited(roundsOf([0])))).toEqual(['0']);
    expect(await idsIn(limited(roundsOf([1, 2, 0])))).toEqual(['1', '0']);
  });

  test('that is none leaves rounds as they are', async () => {
    expect(await idsIn(limitExamples(undefined)(roundsOf([0, 1, 2])))).toEqual(['0', '1', '2']);
  });

  test('tells the rounds what is closed', async () => {
    const next = limitExamples(2)(async (closed) => (closed.has('0') ? taskOf(1) : taskOf(0)));
    expect((await next(new Set(['0']))).map(({ example }) => example.id)).toEqual(['1']);
  });
});
