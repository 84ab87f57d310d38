import { describe, expect, test } from 'vitest';
import { readJudgeReply } from '../../src/judge/judge-reply.js';
import { type JudgeWords, judgeAnswer, judgeReply } from '../support/judge-words.js';

const WORDS: JudgeWords = {
  refined: {
    artefact: { present: false, quote: 'A story could', why: 'It only tells how.' },
    invented: [{ quote: 'in 1872', why: 'No such year.' }],
    broken: [{ constraint: 'at most 50 words', quote: '', why: 'It has 80.' }],
  },
  better: { text: 'original', quote: 'Once upon', why: 'It is a story.' },
};
const REPLY = judgeReply(WORDS, 'original-first');
const JSON_TEXT = judgeAnswer(WORDS, 'original-first');

/** The answer with one of its fields changed. */
function changed(change: (reply: Record<'A' | 'B' | 'better', Record<string, unknown>>) => void): string {
  const reply = structuredClone(REPLY) as unknown as Record<'A' | 'B' | 'better', Record<string, unknown>>;
  change(reply);
  return JSON.stringify(reply);
}

describe('an answer is read', () => {
  test.each([
    ['bare', JSON_TEXT],
    ['in a code block', `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
    ['with prose around', `My judgement:\n\n${JSON_TEXT}\n\nI hope this helps!`],
    ['behind its reasoning', `<think>\nLet me see: {"A": 1}\n</think>\n${JSON_TEXT}`],
    ['behind reasoning whose opening tag is gone', `B is {worse}.\n</think>\n${JSON_TEXT}`],
    ['behind an object of another kind', `{"plan": "read both"}\n${JSON_TEXT}`],
    ['before an object of another kind', `${JSON_TEXT}\n{"confidence": 0.9}`],
    ['behind an earlier answer', `${judgeAnswer({}, 'original-first')}\nOn second thoughts:\n${JSON_TEXT}`],
    ['with fields that nobody asked for', JSON.stringify({ ...REPLY, score: 7 })],
    ['with commas too many', JSON_TEXT.replace(/\n\}$/, ',\n}')],
  ])('%s', (_, raw) => {
    expect(readJudgeReply(raw)).toEqual({ reply: REPLY });
  });

  test.each(['B', 'b', ' B ', 'Text B', 'text_b', 'TEXT B'])('with the better text called %j', (text) => {
    const read = readJudgeReply(changed(({ better }) => Object.assign(better, { text })));
    expect(read).toMatchObject({ reply: { better: { text: 'B' } } });
  });

  test.each(['neither', 'Tie', 'same', 'equal', 'both', 'none'])('with no better text, called %j', (text) => {
    const read = readJudgeReply(changed(({ better }) => Object.assign(better, { text })));
    expect(read).toMatchObject({ reply: { better: { text: 'NEITHER' } } });
  });

  test.each([
    [true, true],
    [false, false],
    ['yes', true],
    ['No', false],
    ['false', false],
  ])('with the artefact there: %j', (present, is) => {
    const read = readJudgeReply(changed(({ A }) => Object.assign(A, { artefact: { present } })));
    expect(read).toMatchObject({ reply: { A: { artefact: { present: is, quote: '', why: '' } } } });
  });

  test.each([null, undefined])('with %j for an empty list, or for words', (nothing) => {
    const read = readJudgeReply(
      changed(({ B }) =>
        Object.assign(B, {
          missing: nothing,
          invented: nothing,
          broken: [{ constraint: 'x', quote: nothing, why: nothing }],
        }),
      ),
    );
    expect(read).toMatchObject({
      reply: { B: { missing: [], invented: [], broken: [{ constraint: 'x', quote: '', why: '' }] } },
    });
  });
});

describe('an answer cannot be read', () => {
  test.each([
    ['without an object', 'B is worse.', 'no JSON object'],
    ['when it is empty', '', 'no JSON object'],
    ['when it was cut off', JSON_TEXT.slice(0, -10), 'not of the form'],
    ['when it is cut off in its first object', JSON_TEXT.slice(0, 30), 'no JSON object'],
    ['when its reasoning never ends', `<think>${JSON_TEXT}`, 'reasoning'],
    ['when it is in its reasoning only', `<think>${JSON_TEXT}</think>\nI cannot tell.`, 'no JSON object'],
    ['without the other text', changed((reply) => Reflect.deleteProperty(reply, 'A')), 'A: '],
    ['without a comparison', changed((reply) => Reflect.deleteProperty(reply, 'better')), 'better: '],
    ['with a third text', changed(({ better }) => Object.assign(better, { text: 'C' })), 'better.text: '],
    [
      'with a word that is neither yes nor no',
      changed(({ A }) => Object.assign(A, { artefact: { present: 'partly' } })),
      'A.artefact.present: ',
    ],
    ['with words for a list', changed(({ B }) => Object.assign(B, { invented: 'nothing' })), 'B.invented: '],
    [
      'with bare quotations in a list',
      changed(({ B }) => Object.assign(B, { invented: ['in 1872'] })),
      'B.invented.0: ',
    ],
  ])('%s', (_, raw, says) => {
    expect(readJudgeReply(raw)).toEqual({ fault: expect.stringContaining(says) });
  });
});
