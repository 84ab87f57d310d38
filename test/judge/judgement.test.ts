import { describe, expect, test } from 'vitest';
import {
  type Claim,
  chargeOf,
  type JudgeAnswer,
  type Judgement,
  type JudgeOrder,
  judge,
  nextOrder,
  type Question,
} from '../../src/judge/index.js';
import { JUDGE_ORDERS, QUESTIONS } from '../../src/judge/opinion.js';
import { type JudgeWords, judgeAnswer } from '../support/judge-words.js';

const EXAMPLE = {
  instruction: 'Tell a story about a lighthouse in at most 50 words.',
  input: 'The keeper is called Ada.',
  response: 'Once Ada kept the light through three storms. The ship came home.',
};
const REFINED = 'A story could begin with **Ada**, who won a medal in 1872. The ship came home.';

const [FIRST, SECOND] = JUDGE_ORDERS;

function said(words: JudgeWords, order: JudgeOrder): JudgeAnswer {
  return { order, content: judgeAnswer(words, order), refusal: '' };
}

function judgementOf(...answers: readonly JudgeAnswer[]): Judgement {
  return judge(EXAMPLE, REFINED, answers);
}

/** What is said against the refined text when the judge says the same in both orders. */
function charges(words: JudgeWords): Partial<Record<Question, Pick<Claim, 'quote' | 'span'>[]>> {
  const judgement = judgementOf(said(words, FIRST), said(words, SECOND));
  return Object.fromEntries(
    QUESTIONS.flatMap((question) => {
      const { claims, isAgreed } = chargeOf(judgement, question);
      expect(isAgreed).toBe(claims.length > 0);
      return claims.length === 0 ? [] : [[question, claims.map(({ quote, span }) => ({ quote, span }))]];
    }),
  );
}

function inRefined(quote: string) {
  const start = REFINED.indexOf(quote);
  return { quote, span: { start, end: start + quote.length } };
}

describe('what is said against the refined text counts when its evidence is there', () => {
  test.each<[string, JudgeWords, ReturnType<typeof charges>]>([
    [
      'that it is not the thing, by what it is instead',
      { refined: { artefact: { present: false, quote: 'A story could begin with Ada', why: 'w' } } },
      { artefact: [inRefined('A story could begin with **Ada')] },
    ],
    [
      'that something was lost, quoted from the original',
      { refined: { missing: [{ quote: 'through three storms', why: 'w' }] } },
      { lost: [{ quote: 'through three storms', span: null }] },
    ],
    [
      'that something is invented',
      { refined: { invented: [{ quote: 'won a medal in 1872', why: 'w' }] } },
      { invented: [inRefined('won a medal in 1872')] },
    ],
    [
      'that a constraint is broken, with no passage that shows it',
      { refined: { broken: [{ constraint: 'at most 50 words', quote: '', why: 'w' }] } },
      { constraints: [{ quote: 'at most 50 words', span: null }] },
    ],
    [
      'that a constraint of the input is broken, with a passage that shows it',
      { refined: { broken: [{ constraint: 'called Ada', quote: 'won a medal', why: 'w' }] } },
      { constraints: [{ ...inRefined('won a medal'), quote: 'called Ada' }] },
    ],
    [
      'that the original is better, by a passage of the refined text',
      { better: { text: 'original', quote: 'A story could', why: 'w' } },
      { worse: [inRefined('A story could')] },
    ],
    [
      'that the original is better, by a passage of the original',
      { better: { text: 'original', quote: 'through three storms', why: 'w' } },
      { worse: [{ quote: 'through three storms', span: null }] },
    ],
    [
      'several things in answer to one question',
      {
        refined: {
          invented: [
            { quote: 'won a medal', why: 'w' },
            { quote: 'in 1872', why: 'w' },
          ],
        },
      },
      { invented: [inRefined('won a medal'), inRefined('in 1872')] },
    ],
    [
      'one with evidence, beside one without',
      {
        refined: {
          invented: [
            { quote: 'in 1999', why: 'w' },
            { quote: 'in 1872', why: 'w' },
          ],
        },
      },
      { invented: [inRefined('in 1872')] },
    ],
  ])('%s', (_, words, expected) => {
    expect(charges(words)).toEqual(expected);
  });
});

describe('what is said against the refined text counts for nothing when its evidence', () => {
  test.each<[string, JudgeWords]>([
    [
      'is nowhere (not the thing)',
      { refined: { artefact: { present: false, quote: 'You should write', why: '' } } },
    ],
    ['is left out (not the thing)', { refined: { artefact: { present: false, quote: '', why: 'w' } } }],
    [
      'is of the original (not the thing)',
      { refined: { artefact: { present: false, quote: 'Once Ada kept', why: '' } } },
    ],
    ['is nowhere (lost)', { refined: { missing: [{ quote: 'through seven storms', why: 'w' }] } }],
    ['is in both (lost)', { refined: { missing: [{ quote: 'The ship came home', why: 'w' }] } }],
    ['is of the instruction (lost)', { refined: { missing: [{ quote: 'about a lighthouse', why: 'w' }] } }],
    ['is nowhere (invented)', { refined: { invented: [{ quote: 'won a medal in 1873', why: 'w' }] } }],
    [
      'is of the original too (invented)',
      { refined: { invented: [{ quote: 'The ship came home', why: 'w' }] } },
    ],
    ['is too short to show anything (invented)', { refined: { invented: [{ quote: 'Ada', why: 'w' }] } }],
    [
      'is no constraint of the instruction',
      { refined: { broken: [{ constraint: 'at most 10 words', quote: '', why: 'w' }] } },
    ],
    [
      'is of the refined text, not the instruction',
      { refined: { broken: [{ constraint: 'won a medal', quote: '', why: 'w' }] } },
    ],
    [
      'is a constraint, but the passage is nowhere',
      { refined: { broken: [{ constraint: 'at most 50 words', quote: 'a hundred words', why: 'w' }] } },
    ],
    ['is nowhere (worse)', { better: { text: 'original', quote: 'It was a dark night', why: 'w' } }],
    ['is left out (worse)', { better: { text: 'original', why: 'The original is better.' } }],
  ])('%s', (_, words) => {
    expect(charges(words)).toEqual({});
    const { opinions } = judgementOf(said(words, FIRST), said(words, SECOND));
    expect([...opinions.values()].map(({ unproven }) => unproven.length)).toEqual([1, 1]);
  });
});

describe('nothing is held against the refined text', () => {
  test.each<[string, JudgeWords]>([
    ['when all is well', {}],
    ['when it is better', { better: { text: 'refined', quote: 'The ship came home', why: 'w' } }],
    [
      'when it is the original that has every fault',
      {
        original: {
          artefact: { present: false, quote: 'Once Ada kept the light', why: 'w' },
          missing: [{ quote: 'won a medal', why: 'w' }],
          invented: [{ quote: 'through three storms', why: 'w' }],
          broken: [{ constraint: 'at most 50 words', quote: '', why: 'w' }],
        },
      },
    ],
  ])('%s', (_, words) => {
    expect(charges(words)).toEqual({});
    const { opinions, faults } = judgementOf(said(words, FIRST), said(words, SECOND));
    expect([...opinions.values()].flatMap(({ unproven }) => unproven)).toEqual([]);
    expect(faults).toEqual([]);
  });
});

const WORSE: JudgeWords = { better: { text: 'original', quote: 'A story could', why: 'w' } };
const BETTER: JudgeWords = { better: { text: 'refined', quote: 'The ship came home', why: 'w' } };
const GARBAGE = (order: JudgeOrder): JudgeAnswer => ({ order, content: 'B, I think.', refusal: '' });
const REFUSED = (order: JudgeOrder): JudgeAnswer => ({ order, content: null, refusal: 'not this' });

describe('only what is said in both orders is agreed', () => {
  test.each<[string, JudgeAnswer[], boolean, number]>([
    ['said in both', [said(WORSE, FIRST), said(WORSE, SECOND)], true, 1],
    ['said in both, the second answered first', [said(WORSE, SECOND), said(WORSE, FIRST)], true, 1],
    ['said when the original stands first only', [said(WORSE, FIRST), said(BETTER, SECOND)], false, 1],
    ['said when the refined text stands first only', [said({}, FIRST), said(WORSE, SECOND)], false, 1],
    ['said once, and not asked again yet', [said(WORSE, FIRST)], false, 1],
    ['said once, and then unreadable', [said(WORSE, FIRST), GARBAGE(SECOND)], false, 1],
    ['said once, and then refused', [said(WORSE, FIRST), REFUSED(SECOND)], false, 1],
    ['said in neither', [said(BETTER, FIRST), said({}, SECOND)], false, 0],
    ['nothing was asked', [], false, 0],
  ])('%s', (_, answers, isAgreed, claims) => {
    const charge = chargeOf(judgementOf(...answers), 'worse');
    expect({ isAgreed: charge.isAgreed, claims: charge.claims.length }).toEqual({ isAgreed, claims });
  });

  test('a judge that always prefers the text in front, or the one behind, says nothing', () => {
    for (const text of ['A', 'B'] as const) {
      const answers = JUDGE_ORDERS.map((order): JudgeAnswer => {
        const better = { text, quote: 'The ship came home', why: 'It reads better.' };
        const content = JSON.stringify({ ...JSON.parse(judgeAnswer({}, order)), better });
        return { order, content, refusal: '' };
      });
      expect(chargeOf(judgementOf(...answers), 'worse').isAgreed).toBe(false);
    }
  });

  test('each by other evidence, and all of it is told', () => {
    const [one, other] = ['won a medal', 'in 1872'].map((quote) => ({
      refined: { invented: [{ quote, why: '' }] },
    }));
    const { claims, isAgreed } = chargeOf(
      judgementOf(said(one ?? {}, FIRST), said(other ?? {}, SECOND)),
      'invented',
    );
    expect(isAgreed).toBe(true);
    expect(claims.map(({ quote }) => quote)).toEqual(['won a medal', 'in 1872']);
  });
});

describe('answers that cannot be used', () => {
  test.each<[string, JudgeAnswer, string]>([
    ['unreadable', GARBAGE(FIRST), "The judge's answer cannot be read: it holds no JSON object."],
    ['refused by the server', REFUSED(FIRST), 'The judge was refused an answer: not this'],
  ])('%s: it is told, and is no opinion', (_, answer, fault) => {
    expect(judgementOf(answer)).toEqual({ asked: new Set([FIRST]), opinions: new Map(), faults: [fault] });
  });
});

describe('the judge is asked next', () => {
  const PROVED: JudgeWords = { refined: { invented: [{ quote: 'in 1872', why: '' }] } };
  const UNPROVED: JudgeWords = { refined: { invented: [{ quote: 'in 1999', why: '' }] } };
  test.each<[string, JudgeAnswer[], JudgeOrder | null]>([
    ['with the original first, when it was not asked', [], FIRST],
    ['with the refined text first, when something is held against it', [said(PROVED, FIRST)], SECOND],
    ['with the refined text first, when it is said to be worse', [said(WORSE, FIRST)], SECOND],
    ['not again, when nothing is held against it', [said({}, FIRST)], null],
    ['not again, when it is better', [said(BETTER, FIRST)], null],
    ['not again, when nothing that is said is proved', [said(UNPROVED, FIRST)], null],
    ['not again, when the answer cannot be read', [GARBAGE(FIRST)], null],
    ['not again, when the server refused', [REFUSED(FIRST)], null],
    ['not a third time', [said(PROVED, FIRST), said({}, SECOND)], null],
    ['not a third time, whatever the second brought', [said(PROVED, FIRST), GARBAGE(SECOND)], null],
    ['with the original first, when only the other way round was asked', [said(PROVED, SECOND)], FIRST],
  ])('%s', (_, answers, order) => {
    expect(nextOrder(judgementOf(...answers))).toBe(order);
    if (answers.length === 0) expect(nextOrder(null)).toBe(order);
  });
});
