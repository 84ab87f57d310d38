import { describe, expect, test } from 'vitest';
import { QuotableText } from '../../src/judge/quotable-text.js';

/** The passage that a quotation is found to be; null when it is not found. */
function quoted(text: string, quote: string): string | null {
  const span = new QuotableText(text).find(quote);
  return span && text.slice(span.start, span.end);
}

describe('a quotation is found', () => {
  test.each([
    ['as it stands', 'The tide rises twice a day.', 'rises twice', 'rises twice'],
    ['at the very beginning', 'The tide rises.', 'The tide', 'The tide'],
    ['at the very end', 'The tide rises.', 'rises.', 'rises.'],
    ['when it is the whole, however short', '42', '42', '42'],
    ['over a line break', 'The tide\n   rises twice.', 'The tide rises', 'The tide\n   rises'],
    ['with a line break of its own', 'The tide rises.', 'The\ntide\trises', 'The tide rises'],
    ['with blanks around', 'The tide rises.', '  tide rises \n', 'tide rises'],
    ['over a no-break space', 'about 12 metres high', '12 metres', '12 metres'],
    ['with straight marks for curly ones', 'She said “never again” to him.', '"never again"', 'never again'],
    ['with curly marks for straight ones', "It's the moon's pull.", 'It’s the moon’s', "It's the moon's"],
    ['within quotation marks of the judge', 'The tide rises.', '“The tide rises.”', 'The tide rises.'],
    ['with another dash', 'The sea – calm at last – lay still.', 'sea - calm', 'sea – calm'],
    [
      'without its emphasis',
      '**Step 1:** Pour *all* the `milk`.',
      'Step 1: Pour all the milk',
      'Step 1:** Pour *all* the `milk',
    ],
    ['with emphasis that is not there', 'Pour all the milk.', '**Pour** all', 'Pour all'],
    [
      'with an ellipsis in its midst',
      'The tide, which nobody had expected, rose.',
      'The tide ... rose',
      'The tide, which nobody had expected, rose',
    ],
    [
      'with an ellipsis in brackets',
      'The tide, as they said, rose.',
      'The tide […] rose',
      'The tide, as they said, rose',
    ],
    [
      'with an ellipsis at its ends',
      'One fine day the tide rose high.',
      '...the tide rose…',
      'the tide rose',
    ],
    ['where the text has the ellipsis', 'And then... she left.', 'then… she left', 'then... she left'],
    ['with a full stop of the judge', 'The tide rises twice a day.', 'The tide rises.', 'The tide rises'],
    ['in another script', '潮汐是由月球引力引起的。', '月球引力', '月球引力'],
    ['behind signs of two units', '🌊🌊 The tide 🌊 rises.', 'tide 🌊 rises', 'tide 🌊 rises'],
    ['with a backslash', 'Match \\d+ only.', 'Match \\d+', 'Match \\d+'],
  ])('%s', (_, text, quote, passage) => {
    expect(quoted(text, quote)).toBe(passage);
  });

  test('at its first place', () => {
    expect(new QuotableText('a tide, a tide').find('tide')).toEqual({ start: 2, end: 6 });
  });

  test('when only its beginning is looked at, for it is very long', () => {
    const text = 'The tide rises. '.repeat(60);
    expect(quoted(text, text)).toHaveLength(399);
  });
});

describe('a quotation is not found', () => {
  test.each([
    ['that says something else', 'The tide rises twice a day.', 'The tide falls twice'],
    ['in other words', 'The tide rises twice a day.', 'Tides rise two times daily'],
    ['in other letters', 'The tide rises.', 'THE TIDE'],
    ['that leaves words out', 'The tide rises twice a day.', 'The tide twice a day'],
    ['whose parts stand the other way round', 'First the ebb, then the flood.', 'the flood ... the ebb'],
    ['with one part that is not there', 'First the ebb, then the flood.', 'First the ebb ... the storm'],
    ['of nothing', 'The tide rises.', ''],
    ['of blanks', 'The tide rises.', ' \n '],
    ['of marks alone', 'The tide rises. ***', '***'],
    ['of dots alone', 'The tide rises ...', '...'],
    ['of a short word that proves nothing', 'The tide rises.', 'The'],
    ['of dots and a short word', 'The tide rises.', '... The ...'],
    ['in nothing', '', 'The tide'],
  ])('%s', (_, text, quote) => {
    expect(quoted(text, quote)).toBeNull();
  });
});

test('a megabyte of anything is got through', () => {
  for (const piece of [' ', '.', '*', '"', '…', 'a', 'a ', '... a']) {
    const text = piece.repeat(1_000_000 / piece.length);
    const hostile = new QuotableText(text);
    for (const quote of [`${piece.repeat(200)}b`, '... '.repeat(100), text]) hostile.find(quote);
    expect(new QuotableText(`${text}The tide`).find('The tide')?.end).toBe(text.length + 8);
  }
});
