import { describe, expect, test } from 'vitest';
import { runChecks } from '../../src/checks/index.js';
import { findIn } from './find.js';
import { answer, type Case, subjectOf } from './subject.js';

function refusals(given: Case): string[] {
  return findIn('refusal', given).map(({ severity }) => severity);
}

const REFUSALS = [
  "I'm sorry, but I can't assist with that request.",
  'I’m sorry, but I am unable to help you with this.',
  'Sorry, I cannot provide the text you ask for.',
  'I apologize, but I will not write this.',
  'Unfortunately, I am not able to access the internet.',
  'I cannot fulfill this request.',
  "I can't help with that.",
  'I must decline to write this story.',
  'As an AI language model, I do not have personal experiences.',
  "As an AI, I can't have opinions on films.",
  "I'm an AI assistant and cannot see images.",
  'Sorry, this task cannot be completed.',
  'The request cannot be fulfilled, since it needs a picture.',
  'Sorry, this is a visual task. For want of eyes, we cannot complete this task.',
  "I'm sorry, but there is no response here to refine. Please provide it.",
  'Sorry, you have not given me an instruction.',
  'Please provide the text you would like me to improve.',
  'Sure! Could you share the response so that I can refine it?',
  'Unfortunately, this request falls outside what I am able to do.',
  'No changes needed.',
  'The original response is already good.',
];

describe('refusal', () => {
  test.each(REFUSALS)('fails %j', (text) => {
    expect(refusals({ raw: answer(text) })).toEqual(['fail']);
  });

  test('fires beside no_answer when the whole reply is a refusal', () => {
    const findings = runChecks(subjectOf({ raw: "I'm sorry, but I can't assist with that." }));
    expect(findings.map(({ check }) => check)).toEqual(['no_answer', 'refusal']);
  });

  test('shows the words in question, as a span only where there is a candidate', () => {
    const text = 'I cannot fulfill this request.';
    const [marked] = findIn('refusal', { raw: answer(text) });
    expect(marked).toMatchObject({
      severity: 'fail',
      message: 'The reply is a refusal: "I cannot fulfill".',
    });
    expect(text.slice(marked?.start ?? 0, marked?.end ?? 0)).toBe('I cannot fulfill');
    expect(findIn('refusal', { raw: text })).toMatchObject([
      { message: 'The reply is a refusal: "I cannot fulfill".', start: null, end: null },
    ]);
  });

  test.each([
    "I'm sorry to hear of your loss. It must be very hard.",
    'We are sorry, but we are unable to process your refund before Monday.',
    "I can't believe it is so late already!",
    "Sorry, I can't believe how late it is!",
    "As an AI, I cannot remember a childhood, but here's one I made up: I grew up by the sea.",
    'I cannot resist a bowl of soup on a day like this.',
    "I can't imagine life without my dogs.",
    'Unfortunately, the match was lost in the last minute.',
    'No, the two words are not related.',
    '"I cannot help you," said the old woman, and shut the door.',
    'Mara asked again. "Sorry, I can\'t do that," he said.',
    'As an AI language model I do not have a childhood, but here is one I made up: I grew up by the sea.',
    'An AI cannot feel, but it can describe a feeling.',
  ])('is silent about %j', (text) => {
    expect(refusals({ raw: answer(text) })).toEqual([]);
  });

  test('is silent about a text to be put right in which nothing is wrong', () => {
    expect(refusals({ raw: answer('No changes needed.'), instruction: 'Fix the grammar.' })).toEqual([]);
  });

  test.each(['Unfortunately, this is beyond my budget.', 'Please provide your name and the date.'])(
    'is silent about what people say in letters: %j',
    (text) => {
      expect(refusals({ raw: answer(text), instruction: 'Write a note to a tailor.' })).toEqual([]);
    },
  );

  test('is silent about a long text that opens with an apology', () => {
    const words = Array.from({ length: 130 }, (_, place) => `word${place}`).join(' ');
    expect(refusals({ raw: answer(`Sorry, I can't write like Homer. ${words}.`) })).toEqual([]);
  });

  test('takes a text for a refusal up to 120 words, however they are spaced', () => {
    const words = Array.from({ length: 115 }, (_, place) => `w${place}`);
    const refusing = (space: string, count: number) =>
      refusals({ raw: answer(`I cannot fulfill this request. ${words.slice(0, count).join(space)}`) });
    expect(refusing(' ', 115)).toEqual(['fail']);
    expect(refusing('  ', 115)).toEqual(['fail']);
    words.push('w115');
    expect(refusing(' ', 116)).toEqual([]);
  });

  test('is silent where the original refused as well', () => {
    const given = { raw: answer('I cannot create a picture.'), response: 'Sorry, I cannot draw.' };
    expect(refusals(given)).toEqual([]);
  });

  test.each([
    'Decline an invitation.',
    'Write an apology.',
    'How do I say no to a friend?',
    'Turn down an offer of work.',
  ])('is silent where the instruction is %j', (instruction) => {
    expect(refusals({ raw: answer("I'm sorry, but I can't help you move."), instruction })).toEqual([]);
  });

  test('is silent about a critique without an answer', () => {
    expect(refusals({ raw: 'The response cannot be called complete.' })).toEqual([]);
  });
});
