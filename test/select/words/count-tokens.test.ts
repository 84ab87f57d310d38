import { describe, expect, test } from 'vitest';
import { countTokens } from '../../../src/select/words/count-tokens.js';

/** A sentence, and its tokens with a space between each. */
type Case = readonly [sentence: string, tokens: string];

function check(sentence: string, tokens: string): void {
  const expected = tokens === '' ? 0 : tokens.split(' ').length;
  expect(countTokens(sentence)).toBe(expected);
}

describe('white space', () => {
  test.each<Case>([
    ['', ''],
    [' \n\t ', ''],
    ['one', 'one'],
    ['  two\n words ', 'two words'],
    ['a\u00a0b\u3000c\u001cd', 'a b c d'],
    ['x\u200by', 'xy'],
    ['état 東京 😀 a😀b', 'état 東京 😀 a😀b'],
  ])('parts %j', check);
});

describe('the period at the end of a sentence', () => {
  test.each<Case>([
    ['It works.', 'It works .'],
    ['It works. ', 'It works .'],
    ['It works .', 'It works .'],
    ['It works."', 'It works . "'],
    ["It works.'", "It works . '"],
    ['(It works.)', '( It works . )'],
    ['["It works."]', '[ " It works . " ]'],
    ['It works.”', 'It works . ”'],
    ['It works.’»', 'It works . ’ »'],
    ["It works.''", "It works . ''"],
    ['It works.)>}]', 'It works . ) > } ]'],
    ['the U.S.', 'the U.S .'],
    ['.', '.'],
  ])('is a token: %j', check);

  test.each<Case>([
    ['the U.S. Army', 'the U.S. Army'],
    ['fruits, e.g. figs', 'fruits , e.g. figs'],
    ['It works.-', 'It works.-'],
    ['It works. "', 'It works. "'],
    ['Why. Not?', 'Why. Not ?'],
    ['Why.;', 'Why. ;'],
    ['x.y.z', 'x.y.z'],
    ['.5 and 1.5', '.5 and 1.5'],
  ])('but no other is: %j', check);
});

describe('runs of dots', () => {
  test.each<Case>([
    ['Well...', 'Well ...'],
    ['Well...then', 'Well ... then'],
    ['...and', '... and'],
    ['a..b', 'a .. b'],
    ['a.......b', 'a ....... b'],
    ['Well...."', 'Well .... "'],
    ['a. . .b', 'a. . .b'],
  ])('are one token: %j', check);
});

describe('commas and colons', () => {
  test.each<Case>([
    ['red, green', 'red , green'],
    ['red,green', 'red , green'],
    ['note: this', 'note : this'],
    ['a:b', 'a : b'],
    ['red,', 'red ,'],
    ['such as:', 'such as :'],
    ['x:\ny', 'x : y'],
    ['7,x', '7 , x'],
  ])('are tokens: %j', check);

  test.each<Case>([
    ['1,000,000 people', '1,000,000 people'],
    ['at 10:30 sharp', 'at 10:30 sharp'],
    ['x,1', 'x,1'],
    ['a:٣', 'a:٣'],
    ['a,\u{1d7d8}b', 'a,\u{1d7d8}b'],
    ['at ,5', 'at ,5'],
  ])('unless a digit follows: %j', check);

  test.each<Case>([
    ['a,,b', 'a , ,b'],
    ['a::b', 'a : :b'],
    ['a,:b', 'a , :b'],
    ['a,,,b', 'a , , , b'],
    ['a,,,,b', 'a , , , ,b'],
    ['a::', 'a : :'],
    ['a,, b', 'a , , b'],
  ])('what one stands before is not looked at as one: %j', check);
});

describe('quotes', () => {
  test.each<Case>([
    ['"Go"', '" Go "'],
    ['a"b', 'a " b'],
    ['“Go”', '“ Go ”'],
    ['‘Go’', '‘ Go ’'],
    ['«Go»', '« Go »'],
    ['„Go“', '„ Go “'],
    ['`Go`', '` Go `'],
    ['``Go``', '`` Go ``'],
    ['```js', '`` ` js'],
    ['a````b', 'a `` `` b'],
    ["''Go''", "'' Go ''"],
    ["'Go'", "'Go '"],
    ["the dogs' bowl", "the dogs ' bowl"],
    ["a 'b c", "a ' b c"],
    ["a 'bc d", "a 'bc d"],
    ["the 's c", "the 's c"],
    ["a 'é b", "a ' é b"],
  ])('are tokens: %j', check);

  test.each<Case>([
    ["x''y", "x '' y"],
    ["x'''y", "x '' ' y"],
    ["x''''y", "x '' '' y"],
  ])('go in pairs when single: %j', check);
});

describe('contractions', () => {
  test.each<Case>([
    ["don't go", "do n't go"],
    ["DON'T go", "DO N'T go"],
    ["can't", "ca n't"],
    ["I'll go", "I 'll go"],
    ["we're off", "we 're off"],
    ["they've left", "they 've left"],
    ["Anna's cat", "Anna 's cat"],
    ["I'm late", "I 'm late"],
    ["she'd know", "she 'd know"],
    ["I'LL WE'RE THEY'VE IT'S I'M I'D", "I 'LL WE 'RE THEY 'VE IT 'S I 'M I 'D"],
    ["'tis so", "'t is so"],
    ["it's.", "it 's ."],
    ["it's, isn't", "it 's , is n't"],
    ["(it's)", "( it 's )"],
    ["'it's', x", "'it 's ' , x"],
    ["'it's' x", "'it 's ' x"],
    ["'it's'.", "'it 's ' ."],
    ["'it's'...", "'it 's ' ..."],
    ["it's'a b", "it 's ' a b"],
    ["it's'a", "it 's ' a"],
    ["'s", "'s"],
    ["n't", "n't"],
  ])('are two: %j', check);

  test.each<Case>([
    ["Don'T", "Don'T"],
    ["I'Ll", "I'Ll"],
    ["rock'n'roll", "rock'n'roll"],
    ["o'clock", "o'clock"],
    ["'it's'\nx", "'it's ' x"],
    ["('it's')", "( 'it's ' )"],
    ["it's's", "it's 's"],
    ["d'accord", "d'accord"],
    ["he shouldn't've", "he shouldn't 've"],
  ])('but not everything with an apostrophe is: %j', check);

  test.each<Case>([
    ['don’t go', 'don ’ t go'],
    ['Anna’s cat', 'Anna ’ s cat'],
  ])('with a curly apostrophe they are three: %j', check);
});

describe('marks that are tokens wherever they stand', () => {
  test.each<Case>([
    ['a;b', 'a ; b'],
    ['a@b.c', 'a @ b.c'],
    ['#tag', '# tag'],
    ['$5', '$ 5'],
    ['5%', '5 %'],
    ['R&D', 'R & D'],
    ['what?!', 'what ? !'],
    ['a?b!c', 'a ? b ! c'],
    ['f(x)[0]{y}<z>', 'f ( x ) [ 0 ] { y } < z >'],
    ['**bold**', '* * bold * *'],
    ['2*3', '2 * 3'],
  ])('%j', check);
});

describe('hyphens and slashes', () => {
  test.each<Case>([
    ['well-known', 'well-known'],
    ['and/or', 'and/or'],
    ['a - b', 'a - b'],
    ['-1', '-1'],
    ['a\\b|c^d~e_f+g=h', 'a\\b|c^d~e_f+g=h'],
    ['a–b—c', 'a–b—c'],
  ])('do not part words: %j', check);

  test.each<Case>([
    ['a--b', 'a -- b'],
    ['a---b', 'a -- -b'],
    ['-----', '-- -- -'],
  ])('but two hyphens do: %j', check);
});

describe('words that are written as one', () => {
  test.each<Case>([
    ['I cannot go', 'I can not go'],
    ['Cannot', 'Can not'],
    ['gonna go', 'gon na go'],
    ['I gotta go', 'I got ta go'],
    ['gimme that', 'gim me that'],
    ['LEMME see', 'LEM ME see'],
    ['I wanna go', 'I wan na go'],
    ["d'ye see", "d 'ye see"],
    ["more'n that", "more 'n that"],
    ["'Tis true", "'T is true"],
    ["'twas here", "'t was here"],
    ['x-cannot-y', 'x- can not -y'],
    ['cannot.', 'can not .'],
    ['gonna/gotta', 'gon na / got ta'],
    ['(cannot)', '( can not )'],
    ['I wanna', 'I wan na'],
  ])('are two: %j', check);

  test.each<Case>([
    ['cannots', 'cannots'],
    ['_cannot', '_cannot'],
    ['écannot', 'écannot'],
    ['gonnago', 'gonnago'],
    ['wanna-be', 'wanna-be'],
    ["it'tis", "it'tis"],
  ])('but not within another word: %j', check);
});
