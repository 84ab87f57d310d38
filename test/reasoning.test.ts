import { describe, expect, test } from 'vitest';
import { readReasoning } from '../src/reasoning.js';
import type { ReplyFormat } from '../src/reply-markers.js';

/** The reasoning in front of a reply, and the rest of it. */
function split(raw: string, format: ReplyFormat): [reasoning: string, rest: string] {
  const { reasoning, from, closed } = readReasoning(raw, format);
  expect(closed).toBe(true);
  return [reasoning, raw.slice(from)];
}

describe('think blocks in front', () => {
  test.each(['better-answer', 'plain'] as const)('are set aside one after another (%s)', (format) => {
    const raw = ' <think> one </think>\n<reasoning>two</reasoning><THINKING>three</thinking> Rest.';
    expect(split(raw, format)).toEqual(['one\n\ntwo\n\nthree', ' Rest.']);
  });

  test('end at their own tag only', () => {
    expect(split('<think>a </thinking> b</think>c', 'plain')).toEqual(['a </thinking> b', 'c']);
  });

  test('that never end leave no rest', () => {
    const raw = '<think>one</think><think> two ';
    expect(readReasoning(raw, 'plain')).toEqual({ reasoning: 'two', from: raw.length, closed: false });
  });

  test('are no reasoning behind other text', () => {
    expect(split('So: <think>x</think> Rest.', 'plain')).toEqual(['', 'So: <think>x</think> Rest.']);
  });
});

describe('a closing tag that nothing opened', () => {
  test.each([
    ['Hm.\n</think>\n[Better Answer]\nx', 'Hm.', '\n[Better Answer]\nx'],
    ['Hm. </REASONING> Thin.\n[Better Answer]', 'Hm.', ' Thin.\n[Better Answer]'],
    ['<think>a</think>b</think>c', 'a\n\nb', 'c'],
    // Markers within the reasoning are no answer yet, unless an opener leads a line.
    [
      'I write [Better Answer] first.</think>\n[Better Answer]\nx',
      'I write [Better Answer] first.',
      '\n[Better Answer]\nx',
    ],
    ['[End]\ncomes last.</think>\n[Better Answer]\nx', '[End]\ncomes last.', '\n[Better Answer]\nx'],
  ])('ends the reasoning in front of the answer: %j', (raw, reasoning, rest) => {
    expect(split(raw, 'better-answer')).toEqual([reasoning, rest]);
  });

  test.each([
    'Thin.\n[Better Answer]\nClose it with </think>.\n[End]',
    '  **[Better Answer]** Close it.\n</think>\n[End]',
    'Write <think> and </think>.\n[Better Answer]\nx',
  ])('is text behind an opener or an opening tag: %j', (raw) => {
    expect(split(raw, 'better-answer')).toEqual(['', raw]);
  });

  test.each([
    ['Hm.\n</think> Blue.', 'Hm.', ' Blue.'],
    ['Hm.\n \t</think> Blue.', 'Hm.', ' Blue.'],
    ['Hm.</think>\nBlue.', 'Hm.', '\nBlue.'],
    ['Hm.</think> \t\nBlue.', 'Hm.', ' \t\nBlue.'],
    ['Hm.\n</think>\nBlue.', 'Hm.', '\nBlue.'],
    ['</think>Blue.', '', 'Blue.'],
    ['Hm.</think>', 'Hm.', ''],
  ])('ends the reasoning of a plain reply at an edge of its line: %j', (raw, reasoning, rest) => {
    expect(split(raw, 'plain')).toEqual([reasoning, rest]);
  });

  test.each(['Close it with </think> at once.', 'One.\nUse </think> here.\nThree.'])(
    'is text within a line of a plain reply: %j',
    (raw) => {
      expect(split(raw, 'plain')).toEqual(['', raw]);
    },
  );
});
