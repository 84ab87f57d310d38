import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { loadJudgePrompt } from '../../src/prompt/load-prompt.js';
import type { Attempt } from '../../src/run/attempt.js';
import { decisionsInForce } from '../../src/run/decision.js';
import { judgingState, openQuestions, roundsOfJudging } from '../../src/run/judge-rounds.js';
import { drawUpLedger, type LedgerEntry } from '../../src/run/ledger.js';
import type { RunRecord } from '../../src/run/read-run.js';
import { readRun } from '../../src/run/read-run.js';
import type { Task } from '../../src/run/task.js';
import { type JudgeWords, judgeAnswer } from '../support/judge-words.js';
import {
  type AttemptParts,
  answer,
  attemptOf,
  type DecisionParts,
  decisionOf,
  makeRun,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';

const folder = temporaryFolder();
const PROMPT = await loadJudgePrompt();

const GOOD = answer('Snow fell, with one fact.');
const REFUSAL = answer("I'm sorry, but I can't assist with that.");
const INVENTED: JudgeWords = { refined: { invented: [{ quote: 'with one fact', why: 'No such fact.' }] } };

function judged(
  words: JudgeWords | string,
  order: 'original-first' | 'refined-first',
  attempt = 1,
): AttemptParts {
  const raw = typeof words === 'string' ? words : judgeAnswer(words, order);
  return { purpose: 'judge', prompt: PROMPT.hash, judged: { attempt, order }, raw };
}

function numbered(attempts: readonly AttemptParts[]): Attempt[] {
  return attempts.map((parts, index) => attemptOf({ attempt: index + 1, ...parts }));
}

/** The ledger of the examples 0 and 1, where the attempts are of example 0. */
function ledgerOf(
  attempts: readonly AttemptParts[],
  decisions: readonly DecisionParts[] = [],
): LedgerEntry[] {
  const source = {
    selection: someExamples(2),
    attempts: numbered(attempts),
    decisions: decisionsInForce(decisions.map(decisionOf)),
  };
  return drawUpLedger(source, { onFlag: 'keep', onFail: 'keep' }, () => 'better-answer');
}

const openIn = (ledger: readonly LedgerEntry[], all = false): string[] =>
  openQuestions(ledger, all).map(({ entry, attempt, order }) => `${entry.example.id}/${attempt} ${order}`);

describe('a ledger with a judge', () => {
  test('gives an attempt the findings of the rules, and then those of the judge', () => {
    const [entry] = ledgerOf([
      { raw: `${GOOD}Bye.` },
      judged(INVENTED, 'original-first'),
      judged(INVENTED, 'refined-first'),
    ]);
    expect(entry?.chosen?.findings.map(({ check, severity }) => [check, severity])).toEqual([
      ['text_after_end', 'note'],
      ['judge_invented', 'flag'],
    ]);
    expect(entry).toMatchObject({ verdict: 'flag', outcome: 'kept' });
    expect(entry?.reason).toContain('judge_invented: The judge holds "with one fact" to be invented');
  });

  test('counts only attempts that bring a text, and the best by both verdicts', () => {
    const [entry] = ledgerOf([
      { raw: GOOD },
      judged(INVENTED, 'original-first'),
      judged(INVENTED, 'refined-first'),
      { raw: answer('Another response.'), purpose: 'retry' },
    ]);
    expect(entry?.assessed.map(({ attempt }) => attempt.attempt)).toEqual([1, 4]);
    expect(entry).toMatchObject({ verdict: 'pass', outcome: 'refined', text: 'Another response.' });
  });

  test('is not moved by what is said in one order only, or by a judge that cannot be read', () => {
    for (const attempts of [
      [judged(INVENTED, 'original-first')],
      [judged(INVENTED, 'original-first'), judged({}, 'refined-first')],
      [judged(INVENTED, 'original-first'), judged('B.', 'refined-first')],
      [judged('B.', 'original-first')],
    ]) {
      const [entry] = ledgerOf([{ raw: GOOD }, ...attempts]);
      expect(entry).toMatchObject({ verdict: 'pass', outcome: 'refined' });
    }
  });

  test('does not take what is said of one attempt for another', () => {
    const [entry] = ledgerOf([
      { raw: GOOD },
      { raw: answer('Snow fell, with one fact.'), purpose: 'retry' },
      judged(INVENTED, 'original-first', 2),
      judged(INVENTED, 'refined-first', 2),
    ]);
    expect(entry?.assessed.map(({ verdict }) => verdict)).toEqual(['pass', 'flag']);
  });
});

describe('open to the judge is', () => {
  test.each<[string, AttemptParts[], string[]]>([
    ['nothing before there is a reply', [], []],
    ['a reply that passes', [{ raw: GOOD }], ['0/1 original-first']],
    ['a reply that is flagged', [{ raw: `${answer('One.')}${GOOD}` }], ['0/1 original-first']],
    ['no reply that rules fail', [{ raw: REFUSAL }], []],
    ['no reply without a text', [{ raw: 'Thin.' }], []],
    ['no text that is the original', [{ raw: answer('Original 0.') }], []],
    [
      'the attempt that counts only',
      [{ raw: `${GOOD}Bye.` }, { raw: GOOD, purpose: 'retry' }, { raw: REFUSAL, purpose: 'retry' }],
      ['0/2 original-first'],
    ],
    [
      'the other order, when something is held against the text',
      [{ raw: GOOD }, judged(INVENTED, 'original-first')],
      ['0/1 refined-first'],
    ],
    ['nothing, when nothing is held against it', [{ raw: GOOD }, judged({}, 'original-first')], []],
    [
      'nothing, when both orders were asked',
      [{ raw: GOOD }, judged(INVENTED, 'original-first'), judged({}, 'refined-first')],
      [],
    ],
    [
      'a later attempt that counts instead',
      [
        { raw: GOOD },
        judged(INVENTED, 'original-first'),
        judged(INVENTED, 'refined-first'),
        { raw: answer('Another response.'), purpose: 'retry' },
      ],
      ['0/4 original-first'],
    ],
  ])('%s', (_, attempts, open) => {
    expect(openIn(ledgerOf(attempts))).toEqual(open);
  });

  test('a reply that rules fail, when all are to be judged; never one without a text', () => {
    expect(openIn(ledgerOf([{ raw: REFUSAL }]), true)).toEqual(['0/1 original-first']);
    expect(openIn(ledgerOf([{ raw: 'Thin.' }]), true)).toEqual([]);
  });

  test.each<[string, DecisionParts]>([
    ['accepted', { example: '0', action: 'accept', attempt: 1 }],
    ['rejected', { example: '0', action: 'reject' }],
    ['edited', { example: '0', action: 'edit', text: 'Mine.' }],
  ])('nothing that somebody has %s', (_, decision) => {
    expect(openIn(ledgerOf([{ raw: GOOD }], [decision]), true)).toEqual([]);
  });
});

test('how far judging has come is counted by example', () => {
  const ledger = ledgerOf([
    { raw: GOOD },
    judged(INVENTED, 'original-first'),
    { example: '1', raw: GOOD, attempt: 1 },
    { ...judged({}, 'original-first'), example: '1' },
  ]);
  expect(judgingState(ledger, { judge: 'j', judgeAll: false })).toEqual({
    judged: 1,
    unjudged: 1,
    unusable: 0,
  });
  expect(judgingState(ledger, { judge: null, judgeAll: false })).toEqual({
    judged: 1,
    unjudged: 0,
    unusable: 0,
  });
});

test('answers of no use are counted', () => {
  const ledger = ledgerOf([{ raw: GOOD }, judged('B.', 'original-first')]);
  const settings = { judge: 'j', judgeAll: false };
  expect(judgingState(ledger, settings)).toEqual({ judged: 1, unjudged: 0, unusable: 1 });
});

describe('rounds', () => {
  let runs = 0;
  /** A run of which all examples were answered. */
  async function answered(count: number): Promise<RunRecord & { readonly attempts: Attempt[] }> {
    const run = await readRun(await makeRun(join(folder, `run${runs++}`), someExamples(count)));
    const attempts = run.selection.map(({ id }) => attemptOf({ example: id, raw: GOOD }));
    return { ...run, attempts };
  }

  /** Answers a task of the judge. */
  function answerTask(
    run: { readonly attempts: Attempt[] },
    { example, judged }: Task,
    words: JudgeWords,
  ): void {
    if (judged === undefined) throw new Error('This is no task for a judge.');
    const raw = judgeAnswer(words, judged.order);
    run.attempts.push(
      attemptOf({ example: example.id, attempt: run.attempts.length + 1, purpose: 'judge', judged, raw }),
    );
  }

  const named = (tasks: readonly Task[]) =>
    tasks.map(({ example, judged }) => `${example.id} ${judged?.order}`);

  test('ask first with the original first, then the other way round where that is called for', async () => {
    const run = await answered(3);
    const next = roundsOfJudging(run, {
      prompt: PROMPT,
      suite: DEFAULT_SUITE,
      all: false,
      ids: null,
      limit: undefined,
    });
    const first = await next();
    expect(named(first)).toEqual(['0 original-first', '1 original-first', '2 original-first']);
    for (const task of first) answerTask(run, task, task.example.id === '1' ? INVENTED : {});
    const second = await next();
    expect(named(second)).toEqual(['1 refined-first']);
    for (const task of second) answerTask(run, task, {});
    expect(await next()).toEqual([]);
  });

  test('show the texts in the order that they name, at the temperature of the prompt', async () => {
    const run = await answered(1);
    const next = roundsOfJudging(run, {
      prompt: PROMPT,
      suite: DEFAULT_SUITE,
      all: false,
      ids: null,
      limit: undefined,
    });
    for (const [a, b] of [
      ['Original 0.', 'Snow fell, with one fact.'],
      ['Snow fell, with one fact.', 'Original 0.'],
    ]) {
      const [task] = await next();
      if (task === undefined) throw new Error('There is no task.');
      expect(task).toMatchObject({ purpose: 'judge', prompt: PROMPT.hash, temperature: 0 });
      const message = task.messages().at(-1)?.content;
      expect(message).toContain(`<text_a>\n${a}\n</text_a>`);
      expect(message).toContain(`<text_b>\n${b}\n</text_b>`);
      answerTask(run, task, INVENTED);
    }
  });

  test('put no question twice, though no answer came', async () => {
    const run = await answered(2);
    const next = roundsOfJudging(run, {
      prompt: PROMPT,
      suite: DEFAULT_SUITE,
      all: false,
      ids: null,
      limit: undefined,
    });
    expect(await next()).toHaveLength(2);
    expect(await next()).toEqual([]);
  });

  test('keep to the examples that are named', async () => {
    const run = await answered(3);
    const next = roundsOfJudging(run, {
      prompt: PROMPT,
      suite: DEFAULT_SUITE,
      all: false,
      ids: new Set(['2']),
      limit: undefined,
    });
    expect(named(await next())).toEqual(['2 original-first']);
  });

  test('keep to a number of examples, each with all its questions', async () => {
    const run = await answered(3);
    const next = roundsOfJudging(run, {
      prompt: PROMPT,
      suite: DEFAULT_SUITE,
      all: false,
      ids: null,
      limit: 2,
    });
    const first = await next();
    expect(named(first)).toEqual(['0 original-first', '1 original-first']);
    for (const task of first) answerTask(run, task, INVENTED);
    expect(named(await next())).toEqual(['0 refined-first', '1 refined-first']);
  });
});
