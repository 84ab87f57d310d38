import { describe, expect, test } from 'vitest';
import { DECISION_FORMAT, decisionsInForce } from '../../src/run/decision.js';
import { type DecisionParts, decisionOf } from '../support/run-parts.js';

const accept = (attempt: number, example = 'a'): DecisionParts => ({ example, action: 'accept', attempt });
const reject = (example = 'a'): DecisionParts => ({ example, action: 'reject' });
const edit = (text: string, example = 'a'): DecisionParts => ({ example, action: 'edit', text });
const undo = (example = 'a'): DecisionParts => ({ example, action: 'undo' });

describe('the decision in force', () => {
  test.each<[string, DecisionParts[], DecisionParts | undefined]>([
    ['is none when nobody decided', [], undefined],
    ['is the only one', [reject()], reject()],
    ['is the last of several', [accept(1), edit('x'), accept(2)], accept(2)],
    ['is the one before, when the last was undone', [accept(1), reject(), undo()], accept(1)],
    ['is none when all were undone', [accept(1), reject(), undo(), undo()], undefined],
    ['is the one made after an undo', [accept(1), undo(), edit('x')], edit('x')],
    ['goes back step by step', [accept(1), accept(2), undo(), reject(), undo()], accept(1)],
    ['is not harmed by an undo too many', [undo(), accept(1), undo(), undo(), reject()], reject()],
    ['is not changed by those on other examples', [accept(1), reject('b'), undo('b'), undo('c')], accept(1)],
  ])('%s', (_, lines, expected) => {
    const inForce = decisionsInForce(lines.map(decisionOf));
    expect(inForce.get('a')).toEqual(expected === undefined ? undefined : decisionOf(expected));
  });

  test('is known for each example by itself', () => {
    const inForce = decisionsInForce([accept(1), edit('x', 'b'), reject('__proto__')].map(decisionOf));
    expect([...inForce].map(([example, { action }]) => [example, action])).toEqual([
      ['a', 'accept'],
      ['b', 'edit'],
      ['__proto__', 'reject'],
    ]);
  });
});

describe('a line of decisions.jsonl', () => {
  test.each([
    ['accept without an attempt', { example: 'a', action: 'accept' }],
    ['accept of attempt 0', { example: 'a', action: 'accept', attempt: 0 }],
    ['edit without a text', { example: 'a', action: 'edit' }],
    ['an unknown action', { example: 'a', action: 'drop' }],
    ['an example that is no text', { example: 7, action: 'reject' }],
    ['a time that is none', { example: 'a', action: 'reject', at: 'today' }],
    ['another version', { example: 'a', action: 'reject', v: 2 }],
  ])('is refused for %s', (_, parts) => {
    const line = { v: 1, at: '2025-01-02T03:04:05.000Z', ...parts };
    expect(DECISION_FORMAT.schema.safeParse(line).success).toBe(false);
  });
});
