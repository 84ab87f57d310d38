import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../src/text/sentences.js';

function sentencesOf(prose: string): string[] {
  return splitSentences(prose, 0).map(({ text }) => text);
}

describe('splitSentences', () => {
  test.each<[string, readonly string[]]>([
    ['The Moon pulls. The sea rises.', ['The Moon pulls.', 'The sea rises.']],
    ['Why? Because! So… Then', ['Why?', 'Because!', 'So…', 'Then']],
    ['What?! No.', ['What?!', 'No.']],
    ['"Stop." He ran. (Far.) **Then** he sat.', ['"Stop."', 'He ran.', '(Far.)', '**Then** he sat.']],
    ['He ran. "Stop," she said.', ['He ran.', '"Stop," she said.']],
    ['It was **good.** _Very_ good.', ['It was **good.**', '_Very_ good.']],
    ['He had 2. 3 were lost.', ['He had 2.', '3 were lost.']],
    ['Er kam. Ändern ließ es sich nicht.', ['Er kam.', 'Ändern ließ es sich nicht.']],
    ['潮は満ちる。そして引く！本当？はい', ['潮は満ちる。', 'そして引く！', '本当？', 'はい']],
    ['one line\nand the next. Then\nmore', ['one line\nand the next.', 'Then\nmore']],
  ])('divides %j', (prose, sentences) => {
    expect(sentencesOf(prose)).toEqual(sentences);
  });

  test.each([
    'Mr. Smith met Dr. Jones, Prof. Lee and St. John vs. Kim Jr. Lee.',
    'See No. 5 and Fig. 3 of Smith Inc. Texas, approx. 5 pages.',
    'He met J. R. Smith in the U.S. Senate at 5 p.m. Tuesday.',
    'Bring fruit, e.g. Apples, etc. Nothing else.',
    '(Mr. Smith)',
    '"Mr. Smith"',
    '1. First of all',
    '  12. First of all',
    '123. First of all',
    'a. First of all',
    'It is 3.5 metres. more or less',
    'The file is a.txt and b.md',
    'Wait... and see',
  ])('keeps %j whole', (prose) => {
    expect(sentencesOf(prose)).toEqual([prose.trim()]);
  });

  test.each<[string, readonly string[]]>([
    // A word that ends like an abbreviation is none.
    ['He found a fossil in the fig. It was old.', ['He found a fossil in the fig.', 'It was old.']],
    ['They went to Limbo. Nobody came.', ['They went to Limbo.', 'Nobody came.']],
    ['I saw Mr. Li. He ran.', ['I saw Mr. Li.', 'He ran.']],
    // Only a full stop abbreviates.
    ['He said No! And left.', ['He said No!', 'And left.']],
    // A label stands at the beginning.
    ['1. One. 2. Two.', ['1. One.', '2. Two.']],
    ['He saw 1234. Then', ['He saw 1234.', 'Then']],
    ['1234. Then', ['1234.', 'Then']],
    ['ab. Then', ['ab.', 'Then']],
  ])('divides %j all the same', (prose, sentences) => {
    expect(sentencesOf(prose)).toEqual(sentences);
  });

  test('says where each sentence stands in the text that the stretch is of', () => {
    const text = 'Before:   The Moon pulls.  \n The sea rises.  ';
    const sentences = splitSentences(text.slice(7), 7);
    expect(sentences).toEqual([
      { text: 'The Moon pulls.', start: 10, end: 25 },
      { text: 'The sea rises.', start: 29, end: 43 },
    ]);
    for (const { text: own, start, end } of sentences) expect(text.slice(start, end)).toBe(own);
  });

  test.each(['', ' \n '])('finds none in %j', (prose) => {
    expect(sentencesOf(prose)).toEqual([]);
  });

  test.each(['.', '. ', '."', '*', 'A. ', '。', '. A', '…)', ' '])(
    'gets through a megabyte of %j',
    { tags: 'stress', timeout: 120_000 },
    (piece) => {
      const prose = piece.repeat(1_000_000 / piece.length);
      expect(splitSentences(prose, 0).length).toBeLessThanOrEqual(prose.length);
    },
  );
});
