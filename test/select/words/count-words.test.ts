import { describe, expect, test } from 'vitest';
import { countWords } from '../../../src/select/words/count-words.js';
import { parseDataset } from '../../support/alpaca-rows.js';
import { realData } from '../../support/real-data.js';

describe('countWords', () => {
  test.each([
    ['', ''],
    [' \n\t', ''],
    ['one', 'one'],
    // The period of each sentence is a token, those within are not.
    ['It rains. It pours.', 'It rains . It pours .'],
    ['We left.then it rained.', 'We left.then it rained .'],
    ['Dr. Gray left. She was ill.', 'Dr. Gray left . She was ill .'],
    ['He lives in the U.S. Army base.', 'He lives in the U.S. Army base .'],
    // "No" begins a sentence for nobody, so that the abbreviation keeps its period; "The" does.
    ['It is 5 p.m. No one is here.', 'It is 5 p.m. No one is here .'],
    ['It is 5 p.m. The show is on.', 'It is 5 p.m . The show is on .'],
    ['George W. Bush spoke.', 'George W. Bush spoke .'],
    // A list marker is a sentence before a capital, and its period a token.
    ['1. Wash it.\n2. Boil it.', '1 . Wash it . 2 . Boil it .'],
    ['1. wash it\n2. boil it', '1. wash it 2. boil it'],
    ['Title\nText of it', 'Title Text of it'],
    ['Well... Maybe.', 'Well ... Maybe .'],
    ['Wait... There it is.', 'Wait ... There it is .'],
    ['She said, "I cannot go." Then she left.', 'She said , " I can not go . " Then she left .'],
    ['"Why?" he asked.', '" Why ? " he asked .'],
    ['Is it 3:30, or 4?', 'Is it 3:30 , or 4 ?'],
    ["It's Anna's, isn't it? Don't!", "It 's Anna 's , is n't it ? Do n't !"],
    ['def f(x):\n    return x[0] # first', 'def f ( x ) : return x [ 0 ] # first'],
    ['* **One**\n* Two', '* * * One * * * Two'],
    ['E-mail a@b.org; see http://b.org/c?d=1.', 'E-mail a @ b.org ; see http : //b.org/c ? d=1 .'],
  ])('of %j are %j', (text, tokens) => {
    expect(countWords(text)).toBe(tokens === '' ? 0 : tokens.split(' ').length);
  });

  test('does not depend on what was counted before', () => {
    const texts = ['It rains. It pours.', '1. Wash', "can't", '', 'Well... The end.', '"Go." he said'];
    const counts = texts.map(countWords);
    expect(texts.toReversed().map(countWords).toReversed()).toEqual(counts);
  });
});

const path = realData('alpaca_data.json');
describe.skipIf(path === undefined)('countWords on the whole of Alpaca (needs alpaca_data.json)', () => {
  test('finds the lengths by which the paper chose', () => {
    const counts = parseDataset(path ?? '').map(({ output }) => countWords(output));
    expect(counts.filter((count) => count >= 193)).toHaveLength(998);
    const at192 = counts.flatMap((count, row) => (count === 192 ? [row] : []));
    expect(at192).toHaveLength(15);
    expect(at192.slice(0, 2)).toEqual([4988, 14147]);
    // Not a fact of the paper: what this version counts, so that no change to the rules goes unseen.
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2_671_786);
  });
});
