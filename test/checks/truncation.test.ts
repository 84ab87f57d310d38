import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/checks/index.js';
import { findIn, words } from './find.js';
import { answer, type Case } from './subject.js';

function truncation(given: Case): Finding[] {
  return findIn('truncated', given);
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
    const [finding, ...more] = truncation({ raw: unended(text), response: words(40) });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'fail' });
    expect(text.slice(finding?.start ?? 0, finding?.end ?? 0)).toBe(shown);
  });

  test.each([
    ['a line of verse', 'A whisper of spring in the chill of the night,'],
    ['words put in order', 'night dark The'],
    ['a line of code', 'while total(list) < 10:'],
    ['a form', 'Fruit: apple\nBerry: gooseberry\nNut:'],
  ])('only flags an ending that may be that of %s', (_title, text) => {
    expect(truncation({ raw: unended(text), response: words(5) })).toMatchObject([{ severity: 'flag' }]);
  });

  test.each([
    ['a form with blanks', 'Meeting: [Title]\nDate: [Date]\nPlace: ____\n\nNotes:'],
    ['a list of words', `${words(20)}, here, the, this, a`],
    ['a line of code', `${words(20)}\n\ndef swap(a, b):\n    return b, a`],
  ])('is silent about the ending of %s', (_title, text) => {
    expect(truncation({ raw: unended(text), response: words(10) })).toEqual([]);
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

  test('takes an ending less seriously when an end marker vouches for it', () => {
    expect(truncation({ raw: answer('The water rises because of the') })).toMatchObject([
      { severity: 'flag' },
    ]);
    const text = 'The Moon pulls on the sea. It follows that the water on the near side';
    expect(truncation({ raw: answer(text) })).toMatchObject([{ severity: 'note' }]);
  });

  test.each([
    ['a tag', '<p>The Moon</p>\n<p class="wide', 'The text ends within a tag.', 'fail'],
    ['a bracket', 'The water rises (because of the pull', 'The text ends within a bracket.', 'flag'],
    ['a quotation', 'And then he said, "The water rises', 'The text ends within a quotation.', 'flag'],
    [
      'a typographic quotation',
      'And then he said, “The water rises',
      'The text ends within a quotation.',
      'flag',
    ],
    ['bold type', '- **Moon**: it pulls\n- **Sun', 'The text ends within bold type.', 'flag'],
    [
      'a heading',
      '## Moon\nIt pulls.\n\n## Sun',
      'The text ends with a heading and nothing under it.',
      'flag',
    ],
    [
      'a bold heading',
      '**The Moon**\n\nIt pulls.\n\n**The Sun**',
      'The text ends with a heading and nothing under it.',
      'flag',
    ],
    [
      'a paragraph unlike the others',
      'The Moon pulls on the water of the sea.\n\nThe Sun pulls on it as well, though less.\n\nBoth of them together pull most at new moon',
      'The last paragraph has no end: its last sentence stops without punctuation.',
      'flag',
    ],
    [
      'a German sentence',
      'Das Wasser steigt, weil der Mond und',
      'The text ends in the middle of a sentence.',
      'fail',
    ],
    [
      'a French sentence',
      'La mer monte à cause de la lune et',
      'The text ends in the middle of a sentence.',
      'fail',
    ],
  ])('finds %s that is left open', (_, text, message, severity) => {
    expect(truncation({ raw: unended(text), response: words(60) })).toMatchObject([{ message, severity }]);
  });

  test.each([
    ['a smile', 'See you at the sea :('],
    ['a closed bracket', 'It rises (twice a day)'],
    ['list labels', 'a) Moon\nb) Sun'],
    ['inches', 'The board is 6\'2" tall and 15" wide'],
    ['a closed quotation', 'He said, "It rises" and left'],
    ['a quoted paragraph', '“It rises.\n\n“It falls.'],
    ['a comparison', 'if a < b and c > d'],
    ['a title', '# The Tides'],
    ['headings alone', '## Moon\n\n## Sun\n\n## Sea'],
    ['comments in code', 'print(1)\n# Output: 1\nprint(2)\n# Output: 2'],
    ['an invitation', '**When?**\n\nOn Monday.\n\n**Come and see!**'],
    [
      'a signature',
      'The Moon pulls on the water of the sea.\n\nThe Sun pulls on it as well, though less.\n\nYours, Ada King',
    ],
    ['Chinese', '潮汐是由月球的引力引起的。\n海水每天涨落两次。'],
    ['Japanese without punctuation', '月が海を引く\n海が動く'],
    ['Arabic', 'يرتفع البحر مرتين في اليوم بسبب القمر.'],
  ])('is silent about %s', (_, text) => {
    expect(truncation({ raw: unended(text) })).toEqual([]);
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

describe('truncated, by the original', () => {
  const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
  const SPORTS = ['rowing', 'boxing', 'cycling', 'swimming', 'climbing', 'fencing', 'skating'];
  const week = (days: number): string =>
    DAYS.slice(0, days)
      .map(
        (day, index) =>
          `${day}: one hour of ${SPORTS[index]} with a ${SPORTS[index]}mate in the ${SPORTS[index]}hall.`,
      )
      .join('\n');

  test('flags a series that is broken off, whatever the end marker', () => {
    const given = { response: week(7) };
    expect(truncation({ raw: unended(week(2)), ...given })).toMatchObject([
      { severity: 'flag', message: 'The text ends after part 2 of the 7 that the original has.' },
    ]);
    expect(truncation({ raw: answer(week(2)), ...given })).toMatchObject([{ severity: 'note' }]);
  });

  test.each([
    ['most of it', week(5), 'Make a plan.'],
    ['as much as was asked for', week(2), 'Make a plan for two days.'],
    [
      'all of it in another form',
      SPORTS.map((sport) => `- ${sport} with a ${sport}mate in the ${sport}hall`).join('\n'),
      'Make a plan.',
    ],
    [
      'the rest in one part',
      `${week(2)}\nThen ${SPORTS.slice(2)
        .map((sport) => `${sport} with ${sport}mate, ${sport}hall`)
        .join(', ')}.`,
      'Make a plan.',
    ],
    ['nothing', '', 'Make a plan.'],
  ])('is silent about a text that has %s', (_, text, instruction) => {
    expect(truncation({ raw: text, format: 'plain', instruction, response: week(7) })).toEqual([]);
  });

  test('is silent about short series', () => {
    expect(truncation({ raw: unended(week(1)), response: week(4) })).toHaveLength(1);
    expect(truncation({ raw: unended(week(1)), response: week(3) })).toEqual([]);
  });

  const LINES = SPORTS.map((sport) => `The art of ${sport}: a ${sport}book by the ${sport}master`);

  test('flags a text that follows the original and then stops', () => {
    const response = LINES.join('\n');
    expect(truncation({ raw: unended(LINES.slice(0, 3).join('\n')), response })).toMatchObject([
      {
        severity: 'flag',
        message: 'The text follows the original for 3 of its 7 lines or sentences and leaves out the rest.',
      },
    ]);
    const prose = LINES.map((line) => `${line}.`).join(' ');
    expect(truncation({ raw: unended(`${LINES[0]}. ${LINES[1]}.`), response: prose })).toHaveLength(1);
  });

  test.each([
    ['more than half', LINES.slice(0, 4).join('\n')],
    ['only the first line', LINES[0] ?? ''],
    ['a choice', [LINES[0], LINES[3], LINES[6]].join('\n')],
  ])('is silent about a text that has %s', (_, text) => {
    expect(truncation({ raw: unended(text), response: LINES.join('\n') })).toEqual([]);
  });

  test('is silent where a shorter text is asked for', () => {
    const given = { response: LINES.join('\n'), instruction: 'Name three books.' };
    const items = LINES.slice(0, 3).map((line) => `- ${line}`);
    expect(truncation({ raw: unended(items.join('\n')), ...given })).toEqual([]);
    const asked = { ...given, instruction: 'Write 30 words about books.' };
    expect(truncation({ raw: unended(LINES.slice(0, 3).join('\n')), ...asked })).toEqual([]);
  });
});
