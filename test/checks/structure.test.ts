import { describe, expect, test } from 'vitest';
import { findIn } from './find.js';
import { answer, type Case } from './subject.js';

/** The severities and messages of one check's findings. */
function found(check: string, given: Case): string[] {
  return findIn(check, given).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('no_answer', () => {
  test.each<[string, Case, string]>([
    ['a reply without a marker', { raw: 'Thin.' }, 'The reply has no [Better Answer] marker.'],
    ['an empty reply', { raw: '' }, 'The reply has no [Better Answer] marker.'],
    [
      'a critique that was cut off',
      { raw: 'Thin, and it', finishReason: 'length' },
      'The reply has no [Better Answer] marker. It was cut off (finish reason length).',
    ],
    [
      'reasoning without end',
      { raw: '<think>[Better Answer]\nBlue.\n[End]' },
      'The reply is all reasoning: its think block never ends.',
    ],
  ])('fails %s and says why', (_title, given, message) => {
    expect(found('no_answer', given)).toEqual([`fail: ${message}`]);
  });

  test('is silent when there is an answer, however short', () => {
    expect(found('no_answer', { raw: answer('Blue.') })).toEqual([]);
    expect(found('no_answer', { raw: 'Blue.', format: 'plain' })).toEqual([]);
  });
});

describe('empty', () => {
  test.each<Case>([
    { raw: answer(' \n ') },
    { raw: 'Thin.\n[Better Answer]' },
    { raw: ' ', format: 'plain' },
  ])('fails %j', (given) => {
    expect(found('empty', given)).toEqual(['fail: There is no text in the refined response.']);
  });

  test('is silent about text, and when no answer was found at all', () => {
    expect(found('empty', { raw: answer('.') })).toEqual([]);
    expect(found('empty', { raw: '' })).toEqual([]);
  });
});

describe('several_answers', () => {
  test('flags two complete answers', () => {
    expect(found('several_answers', { raw: answer('One.') + answer('Two.') })).toEqual([
      'flag: The reply holds 2 answers; the last was taken.',
    ]);
  });

  test('is silent about one answer that quotes the markers, and about an abandoned start', () => {
    expect(found('several_answers', { raw: answer(`So:\n${answer('x')}`) })).toEqual([]);
    expect(found('several_answers', { raw: `[Better Answer]\nOn\n${answer('Two.')}` })).toEqual([]);
  });
});

describe('text_after_end', () => {
  test('notes it', () => {
    expect(found('text_after_end', { raw: `${answer('Blue.')}Bye.` })).toEqual([
      'note: 4 characters after the end marker were left out.',
    ]);
  });

  test('is silent about blank lines and the fence around the reply', () => {
    expect(found('text_after_end', { raw: `${answer('Blue.')}\n\n` })).toEqual([]);
    expect(found('text_after_end', { raw: `\`\`\`\n${answer('Blue.')}\`\`\`` })).toEqual([]);
  });
});

describe('no_end_marker', () => {
  const open = '[Better Answer]\nThe sky is blue.';

  test.each(['stop', null])('notes a missing end marker with finish reason %s', (finishReason) => {
    expect(found('no_end_marker', { raw: open, finishReason })).toEqual([
      'note: No [End] marker closes the answer.',
    ]);
  });

  test('is silent when the answer is closed, was cut off, or needs no marker', () => {
    expect(found('no_end_marker', { raw: answer('Blue.') })).toEqual([]);
    expect(found('no_end_marker', { raw: open, finishReason: 'length' })).toEqual([]);
    expect(found('no_end_marker', { raw: open, format: 'plain' })).toEqual([]);
  });
});

describe('unchanged', () => {
  test('flags the original, whatever its whitespace', () => {
    expect(found('unchanged', { raw: answer('Because  of\nthe Moon.') })).toEqual([
      'flag: The text is the same as the original response.',
    ]);
  });

  test.each(['because of the Moon.', 'Because of the Moon and the Sun.', ''])(
    'is silent about %j',
    (text) => {
      expect(found('unchanged', { raw: answer(text) })).toEqual([]);
    },
  );

  test('leaves a blank answer to a blank original to the check for that', () => {
    expect(found('unchanged', { raw: answer(''), response: ' ' })).toEqual([]);
  });
});
