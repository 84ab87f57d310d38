import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../../src/select/words/sentences.js';

/** The sentences of a text; those parted by `|` are how the text is divided. */
function check(divided: string): void {
  const sentences = divided.split(/(?<=\S)\|/);
  expect(splitSentences(sentences.join(''))).toEqual(sentences.map((sentence) => sentence.trim()));
}

describe('a sentence ends', () => {
  test.each([
    ['with a period, an exclamation mark or a question mark', 'Rain fell.| Stay in!| Why?| Wait and see.'],
    ['before a small letter too', 'We left.| then it rained.'],
    ['before a line break', 'We left.|\nThen it rained.|\r\n\r\nNobody cared.'],
    ['before any white space', 'Rain fell.|\u00a0So it did.|\tWe left.|\u3000We ran.|\u2028Then home.'],
    ['only at the last of several marks without an ASCII space between', 'One.\u00a0Two?\u00a0Three.| Four.'],
    ['before a digit', 'We counted.| 7 were there.'],
    ['before an opening bracket or quote', 'We left.| (It rained.)| "So what?"'],
    ['behind the quote that closes it', 'She cried "Run!"| and then she ran.'],
    ['behind a single quote that closes it', "She cried 'Run!'| and then she ran."],
    ['behind several closers', 'He said ("Never again.")| Nobody spoke.'],
    ['behind closers before a dash', 'He said "No."|--And he left.'],
    ['after several marks', 'Really?!| Yes!!!| Good.'],
    ['with a word between quotes', '"Stop," he said.| "Go."'],
    ['at a mark that stands alone', 'What is this ?| A test !| Fine .| Next one.'],
    ['at a mark before punctuation, wherever it is', 'Type a?|(b) or c.'],
    ['where a number ends it', 'It was founded in 1969.| Then it grew.'],
    ['behind a list marker before a capital', '1.| Wash the rice.| 2.| Boil it.'],
    ['before one of the usual starters, after an abbreviation', 'We met at 5 p.m.| The show began.'],
    ['before such a starter that is a sentence itself', 'We met at 5 p.m.| However.'],
    ['at each of two dots with a space between', 'He left .| .| then we ran.'],
    ['before such a starter, after an ellipsis', 'He thought...| However, nothing came.'],
    ['after an initial, before an ordinary word', 'A.| Introduction of terms.| B.| The method.'],
    ['after a word of two letters that is no abbreviation', 'It is so.| Go on.'],
    ['where an abbreviation has another mark behind it', 'Is it 5 p.m.?| Yes.'],
  ])('%s', (_, divided) => check(divided));
});

describe('no sentence ends', () => {
  test.each([
    ['at a line break', 'First line\nSecond line\n\nThird line.'],
    ['at a mark within a word', 'See example.com/a.html?b=1!c for $3.50.'],
    ['at a mark before what is no white space', 'One.\u200bTwo.Three!Four?Five.'],
    ['behind a list marker before a small letter', '1. wash the rice, 2. boil it'],
    ['behind a number before a small letter', 'It rose by 7. then by 8. after that'],
    ['after a negative or long number before a small letter', 'It fell to -1,000.5. so they say'],
    ['after an ellipsis before another word', 'Well... Maybe so... or not... Perhaps.'],
    ['after more dots than three', 'Well..... Maybe so.'],
    ['after initials in a name', 'George W. Bush met J. K. Rowling and P. D. James.'],
    ['after an initial that the newspapers did not print', 'She met B. Obama and I. Newton.'],
    ['after an initial before a small letter', 'It was vitamin B. that helped.'],
    ['after an initial or a number before a mark', 'Was it vitamin B. , or 7. ; or C. : then?'],
    ['after an initial right behind a comma', 'It was a ,b. Blue one.'],
    ['after titles', 'Dr. Gray met Mrs. Brown and Prof. Green of St. Louis.'],
    ['after an abbreviation before a name', 'They cited Brown v. Board at Acme Inc. Headquarters.'],
    ['after an abbreviation with a part before it', 'It froze in mid-Jan. Snow fell.'],
    ['after an abbreviation in capitals', 'The U.S. Army and the U.K. Navy sailed in SEPT. Nobody knew.'],
    ['after an abbreviation before a small starter', 'We met at 5 p.m. the other day.'],
    ['at a colon or semicolon', 'One thing: this; Another: That.'],
  ])('%s', (_, text) => check(text));
});

test.each(['', ' ', '\n\t \u00a0'])('there is no sentence in %j', (text) => {
  expect(splitSentences(text)).toEqual([]);
});

test('what only Python takes for white space ends a sentence as well', () => {
  expect(splitSentences('We left.\u001cWe ran. So fast!\u0085Home.')).toEqual([
    'We left.',
    'We ran.',
    'So fast!',
    'Home.',
  ]);
});

test('white space behind the last sentence is no part of it', () => {
  expect(splitSentences('  One. \n Two. \n')).toEqual(['  One.', 'Two.']);
});

test('nothing but white space is lost between sentences', () => {
  const text = 'He said: "Why?" (Dr. Who? No.) 1. Yes... 2. no! A. Smith went.\nThe end?! (Or so.) --- p.m.';
  expect(splitSentences(text).join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
});

test('texts of nothing but marks take no more than a moment', () => {
  for (const piece of ['.', '. ', '?!', '..."', "'", '")', '.)', 'a.', '1. ', ' .']) {
    const text = piece.repeat(20_000);
    expect(splitSentences(text).join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
  }
});
