import { describe, expect, test } from 'vitest';
import { CHECKS, type Finding, prepareSuite, runChecks, verdictOf } from '../../src/checks/index.js';
import { type JudgeAnswer, type JudgeOrder, judge } from '../../src/judge/index.js';
import { JUDGE_ORDERS } from '../../src/judge/opinion.js';
import { type JudgeWords, judgeAnswer } from '../support/judge-words.js';
import { answer, subjectOf } from './subject.js';

const REFINED = 'The Moon pulls the sea, as Kepler proved in 1901.';
const SUBJECT = subjectOf({ raw: answer(REFINED), instruction: 'Why are there tides? Name the Sun.' });

const INVENTED: JudgeWords = { refined: { invented: [{ quote: 'proved in 1901', why: 'He was dead.' }] } };
const WORSE: JudgeWords = { better: { text: 'original', quote: 'Because of the Moon.', why: 'It is true.' } };

/** What checks find when the judge says this with the original first, and that with the refined text first. */
function findings(
  first: JudgeWords | string,
  second?: JudgeWords | string,
  suite = prepareSuite([], {}, ''),
): Finding[] {
  const answers = [first, second].flatMap((words, index): JudgeAnswer[] => {
    const order = JUDGE_ORDERS[index] as JudgeOrder;
    if (words === undefined) return [];
    return [{ order, content: typeof words === 'string' ? words : judgeAnswer(words, order), refusal: '' }];
  });
  const judgement = judge(SUBJECT.example, REFINED, answers);
  return runChecks({ ...SUBJECT, judgement }, suite);
}

describe('what the judge says in both orders is flagged', () => {
  test.each<[string, JudgeWords, Finding[]]>([
    [
      'not what was asked for',
      { refined: { artefact: { present: false, quote: REFINED, why: 'It is no poem.' } } },
      [
        {
          check: 'judge_artefact',
          severity: 'flag',
          message: `The judge does not find what was asked for, but "${REFINED}": It is no poem.`,
          start: 0,
          end: REFINED.length,
        },
      ],
    ],
    [
      'lost',
      { refined: { missing: [{ quote: 'Because of the Moon', why: '' }] } },
      [
        {
          check: 'judge_lost',
          severity: 'flag',
          message: 'The judge misses "Because of the Moon" of the original.',
          start: null,
          end: null,
        },
      ],
    ],
    [
      'invented',
      INVENTED,
      [
        {
          check: 'judge_invented',
          severity: 'flag',
          message: 'The judge holds "proved in 1901" to be invented: He was dead.',
          start: 34,
          end: 48,
        },
      ],
    ],
    [
      'not kept',
      { refined: { broken: [{ constraint: 'Name the Sun', quote: '', why: 'It is not named.' }] } },
      [
        {
          check: 'judge_constraints',
          severity: 'flag',
          message: 'The judge finds "Name the Sun" not kept: It is not named.',
          start: null,
          end: null,
        },
      ],
    ],
    [
      'worse',
      WORSE,
      [
        {
          check: 'judge_worse',
          severity: 'flag',
          message: 'The judge prefers the original, pointing to "Because of the Moon.": It is true.',
          start: null,
          end: null,
        },
      ],
    ],
  ])('%s', (_, words, expected) => {
    expect(findings(words, words)).toEqual(expected);
  });
});

test('what it says in one order only is a note, and passes', () => {
  const found = findings(INVENTED, WORSE);
  expect(found.map(({ check, severity }) => [check, severity])).toEqual([
    ['judge_invented', 'note'],
    ['judge_worse', 'note'],
  ]);
  expect(found[0]?.message).toContain('in one of the two orders only: He was dead.');
  expect(verdictOf(found)).toBe('pass');
});

test('a judge that has nothing to say, or that was not asked, leaves nothing', () => {
  expect(findings({}, {})).toEqual([]);
  expect(runChecks(SUBJECT)).toEqual([]);
});

test('a reply without a refined response is not judged', () => {
  const judgement = judge(SUBJECT.example, '', [{ order: 'original-first', content: 'x', refusal: '' }]);
  const found = runChecks({ ...subjectOf({ raw: 'Thin.' }), judgement });
  expect(found.map(({ check }) => check)).toEqual(['no_answer']);
});

test('an answer that cannot be read, and evidence that is not there, are notes', () => {
  const unproven: JudgeWords = {
    refined: {
      invented: [
        { quote: 'in 1999', why: 'Not so.' },
        { quote: '', why: ' ' },
      ],
    },
  };
  expect(findings('B.', unproven).map(({ check, severity, message }) => [check, severity, message])).toEqual([
    ['judge_unreadable', 'note', "The judge's answer cannot be read: it holds no JSON object."],
    ['judge_unreadable', 'note', 'The judge gives no evidence that can be found (invented): Not so.'],
    ['judge_unreadable', 'note', 'The judge gives no evidence that can be found (invented).'],
  ]);
});

test("the judge's words are shortened, and on one line", () => {
  const why = `Not\r\n\u2028so.\t${'Never! '.repeat(500)}`;
  const words = { refined: { invented: [{ quote: 'proved in 1901', why }] } };
  const [found] = findings(words, words);
  expect(found?.message).toMatch(/invented: Not so\. Never! .*…$/);
  expect(found?.message.length).toBeLessThan(300);
});

test.each([
  ['fail', 'fail'],
  ['flag', 'flag'],
  ['note', 'pass'],
  ['off', 'pass'],
] as const)('a severity of %s can be set for it', (severity, verdict) => {
  const suite = prepareSuite([], { severity: { judge_invented: severity } }, 'checks.json');
  expect(verdictOf(findings(INVENTED, INVENTED, suite))).toBe(verdict);
  expect(verdictOf(findings(INVENTED, {}, suite))).toBe('pass');
});

test('its checks come last, so that rules speak first', () => {
  const kinds = CHECKS.map(({ reads }) => reads);
  expect(kinds.slice(kinds.indexOf('judgement')).every((kind) => kind === 'judgement')).toBe(true);
  expect(kinds.filter((kind) => kind === 'judgement')).toHaveLength(6);
});
