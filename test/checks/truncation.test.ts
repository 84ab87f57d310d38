import { describe, expect, test } from 'vitest';
import { type Finding, runChecks } from '../../src/checks/index.js';
import { answer, type Case, subjectOf } from './subject.js';

function truncation(given: Case): Finding[] {
  return runChecks(subjectOf(given)).filter((finding) => finding.check === 'truncated');
}

/** An answer that no end marker closes. */
function unended(text: string): string {
  return `Thin.\n\n[Better Answer]\n${text}`;
}

describe('truncated, by the finish reason', () => {
  test.each(['length', 'LENGTH', 'max_tokens', 'content_filter'])(
    'fails %s without an end marker',
    (finishReason) => {
      expect(truncation({ raw: unended('The sky is blue.'), finishReason })).toMatchObject([
        { severity: 'fail', message: `The reply was cut off (finish reason ${finishReason}).` },
      ]);
    },
  );

  test('fails a reply that was cut off before its answer', () => {
    expect(truncation({ raw: 'Thin, and', finishReason: 'length' })).toHaveLength(1);
  });

  test('is silent when the answer was closed before the limit', () => {
    expect(truncation({ raw: answer('The sky is blue.'), finishReason: 'length' })).toEqual([]);
  });
});

describe('truncated, by the text of an answer without end marker', () => {
  test.each([
    ['a list label', '- Warm up for ten minutes.\n-', '-'],
    ['a nested list label', 'Which part?\n   - A. Ventricle\n   - B.', '   - B.'],
    ['half a word', 'A course for the Front-', 'A course for the Front-'],
    ['a colon', '- Squats: three sets\n- Rest for a minute\n\nTuesday:', 'Tuesday:'],
    [
      'a lead-in after a lead-in',
      'There are several reasons for the tides of the sea:\n\n- The pull of the Moon:',
    ],
    [
      'an opening bracket',
      'Call the function with its arguments (',
      'Call the function with its arguments (',
    ],
    ['a comma', 'When the Moon stands over the sea,'],
    ['an article', 'The water rises because of the'],
    ['a possessive', 'Two bodies and their'],
  ])('fails %s at the end', (_title, text, shown = text.split('\n').at(-1)) => {
    const [finding, ...more] = truncation({ raw: unended(text) });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'fail' });
    expect(text.slice(finding?.start ?? 0, finding?.end ?? 0)).toBe(shown);
  });

  test('only flags a last sentence without punctuation, which a text may have', () => {
    const text = 'The Moon pulls on the sea. It follows that the water on the near side';
    expect(truncation({ raw: unended(text) })).toMatchObject([{ severity: 'flag' }]);
  });

  test.each([
    'The sky is blue.',
    '"The sky is blue."',
    '- eggs\n- milk',
    '10. A Night with Friends at Home',
    'I walk the road alone\nAnd sing of things I know',
    'I look forward to your answer.\n\nYours sincerely,',
    'Thank you for your time. Sincerely, Jo Smith',
    'Name:\nDate:\nSignature:',
    'Done!\n\n---',
    'See the guide. It is at https://example.org/a/long/way/down/here',
    'Vote today! It matters for everybody who lives here #vote #now',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    'Use this:\n```js\nlet a = [\n```',
    '"Art is not a thing; it is a way." – Elbert Hubbard',
    'C.',
    '',
  ])('is silent about %j', (text) => {
    expect(truncation({ raw: unended(text) })).toEqual([]);
  });

  test('is silent where the original ends in the same manner', () => {
    const given = {
      raw: unended('Despite the heavy rain of that night,'),
      response: 'Despite all the rain there was,',
    };
    expect(truncation(given)).toEqual([]);
  });

  test('is one degree milder when an end marker vouches for the ending', () => {
    expect(truncation({ raw: answer('The water rises because of the') })).toMatchObject([
      { severity: 'flag' },
    ]);
    const paragraph = 'The Moon pulls on the sea. It follows that the water on the near side';
    expect(truncation({ raw: answer(paragraph) })).toMatchObject([{ severity: 'note' }]);
  });

  test('reads a plain reply in the same way', () => {
    expect(truncation({ raw: 'The water rises because of the', format: 'plain' })).toHaveLength(1);
  });
});

describe('truncated, by an open code block', () => {
  test.each([answer('Use:\n```js\nlet a;'), unended('Use:\n```js\nlet a;\n```\nand\n~~~\nb')])(
    'fails %j, end marker or not',
    (raw) => {
      expect(truncation({ raw })).toMatchObject([
        { severity: 'fail', message: 'The text ends inside a code block.' },
      ]);
    },
  );

  test('shows the block that was left open', () => {
    const text = '```\na\n```\nthen\n```js\nlet b;';
    const [finding] = truncation({ raw: answer(text) });
    expect(text.slice(finding?.start ?? 0, finding?.end ?? 0)).toBe('```js\nlet b;');
  });
});
