import { describe, expect, test } from 'vitest';
import { runChecks, verdictOf } from '../../src/checks/index.js';
import { answer, subjectOf } from './subject.js';

const encodingFindings = (text: string) =>
  runChecks(subjectOf({ raw: answer(text) })).filter(({ check }) => check === 'encoding');

describe('encoding', () => {
  test.each([
    ['a NUL', 'High tide\0 comes twice a day.', 9, 'NUL'],
    ['a high surrogate alone', 'The moon \ud83c pulls.', 9, 'U+D83C'],
    ['a low surrogate alone', 'The moon \udf15 pulls.', 9, 'U+DF15'],
    ['a high surrogate at the end', 'The moon pulls \ud83c', 15, 'U+D83C'],
  ])('fails a text with %s, and shows where', (_, text, start, words) => {
    const findings = encodingFindings(text);
    expect(findings).toMatchObject([{ severity: 'fail', start, end: start + 1 }]);
    expect(findings[0]?.message).toContain(words);
    expect(verdictOf(findings)).toBe('fail');
  });

  test.each(['The moon 🌕 pulls the sea.', 'Ebbe und Flut — à marée.', 'Tabs\tand\nlines.'])(
    'lets %j pass',
    (text) => {
      expect(encodingFindings(text)).toEqual([]);
    },
  );
});
