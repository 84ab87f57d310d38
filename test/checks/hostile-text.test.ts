import { describe, expect, test } from 'vitest';
import { runChecks } from '../../src/checks/index.js';
import { subjectOf } from './subject.js';

const LENGTH = 100_000;

/** What makes careless patterns and comparisons take the square of a text's length, or its lists overflow a stack. */
const PATTERNS = [
  ' ',
  '\n',
  '.',
  'a',
  '字',
  '"',
  '- a\n',
  '1. ',
  '[a',
  '(',
  '{{ ',
  '<a ',
  '# ',
  '// your code ',
  '**',
  'Aa Bb-Cc ',
  'Monday\n',
  '5 words ',
  '\n\nHuman: x\n',
  'Instruction: x\n',
  '| a |\n',
  'The cat sat on it. ',
  'X-XX ',
  'I revised ',
];

describe('all checks together', { tags: 'stress', timeout: 120_000 }, () => {
  // What takes the square of the length runs for minutes, and the test is given up.
  test.each(PATTERNS)('read nothing but %j, in each place', (pattern) => {
    const text = pattern.repeat(Math.ceil(LENGTH / pattern.length));
    const prose = 'The Moon pulls on the sea, and the sea rises twice a day. '.repeat(20);
    const cases = [
      { raw: `Moon ${text} end`, response: prose, instruction: 'Write three paragraphs of 500 words.' },
      { raw: prose, response: text, instruction: text, input: text },
      { raw: `${text} end`, response: text },
    ];
    for (const given of cases) {
      expect(Array.isArray(runChecks(subjectOf({ ...given, format: 'plain' })))).toBe(true);
    }
  });

  test('read many different words', () => {
    const text = Array.from({ length: LENGTH / 8 }, (_, index) => `w${index}`).join(' ');
    const given = { raw: text, format: 'plain', response: text.replaceAll('w', 'v') } as const;
    expect(runChecks(subjectOf(given)).map(({ check }) => check)).toEqual(['wrong_task', 'content_lost']);
  });
});
