import { describe, expect, test } from 'vitest';
import { tokenCounterFor } from '../../src/model/count-tokens.js';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../../src/prompt/load-prompt.js';
import { parsePrompt } from '../../src/prompt/parse-prompt.js';
import { renderPrompt } from '../../src/prompt/render-prompt.js';
import { type EstimateSource, estimate, mostItCanCost } from '../../src/run/estimate.js';
import { type AttemptParts, attemptOf, exampleOf, PROMPT, PROMPT_TEXT } from '../support/run-parts.js';

/** Examples whose responses have these numbers of words. */
function examplesOf(...words: number[]) {
  return words.map((count, row) =>
    exampleOf(JSON.stringify({ instruction: 'Ask', output: 'word '.repeat(count).trim() }), row),
  );
}

/** A word is a token, a message has its words and one more, and may have twice that. */
const counter: EstimateSource['counter'] = {
  exact: false,
  count: (text) => text.match(/\S+/g)?.length ?? 0,
  countMessages: (messages) => messages.reduce((sum, { content }) => sum + counter.count(content) + 1, 0),
  mostInMessages: (messages) => 2 * counter.countMessages(messages),
};

const PLAIN = parsePrompt(PROMPT_TEXT.replace('reply: better-answer', 'reply: plain'), 'plain.md');
/** Words that the prompt adds to a response: `Improve.`, `I: Ask R:`, and one for each of two messages. */
const ADDED = 1 + 3 + 2;

function sourceOf(parts: Partial<EstimateSource>): EstimateSource {
  return {
    pending: examplesOf(10),
    selection: [],
    attempts: [],
    prompt: PLAIN,
    model: 'small-model',
    counter,
    maxTokens: 1000,
    price: { inputUsdPerMTok: 1_000_000, outputUsdPerMTok: 10_000_000 },
    ...parts,
  };
}

/** Replies to examples 0, 1, ... that used so many tokens, each with this prompt and model. */
function repliesOf(count: number, tokensIn: number, tokensOut: number, parts: AttemptParts = {}) {
  return Array.from({ length: count }, (_, index) =>
    attemptOf({
      example: String(index),
      prompt: PLAIN.hash,
      usage: {
        promptTokens: tokensIn,
        completionTokens: tokensOut,
        cachedPromptTokens: 0,
        reasoningTokens: 0,
      },
      ...parts,
    }),
  );
}

describe('before there are replies', () => {
  test('the prompt is counted, and a completion is as long as the response', () => {
    expect(estimate(sourceOf({ pending: examplesOf(10, 20) }))).toEqual({
      examples: 2,
      promptTokens: 30 + 2 * ADDED,
      completionTokens: 30,
      costUsd: 30 + 2 * ADDED + 300,
      mostUsd: 2 * (30 + 2 * ADDED) + 20_000,
      basis: 'responses',
    });
  });

  test('a prompt that asks for a critique adds one', () => {
    const withCritique = estimate(sourceOf({ prompt: PROMPT })).completionTokens;
    expect(withCritique - estimate(sourceOf({})).completionTokens).toBe(250);
  });

  test('an exact count is the most that a prompt can have, but for the seams', () => {
    const { mostUsd } = estimate(sourceOf({ counter: { ...counter, exact: true } }));
    expect(mostUsd).toBe(10 + ADDED + 3 + 10_000);
  });

  test('an input has its own wording, and counts', () => {
    const example = exampleOf('{"instruction": "Ask", "input": "one two", "output": "word"}');
    // `I: Ask IN: one two R: word`, `Improve.`, and one for each message.
    expect(estimate(sourceOf({ pending: [example] })).promptTokens).toBe(7 + 1 + 2);
  });

  test('no completion is longer than it may be', () => {
    const { completionTokens } = estimate(sourceOf({ pending: examplesOf(10, 500), maxTokens: 100 }));
    expect(completionTokens).toBe(110);
  });

  test('no examples use nothing', () => {
    const nothing = { examples: 0, promptTokens: 0, completionTokens: 0, costUsd: 0, mostUsd: 0 };
    expect(estimate(sourceOf({ pending: [] }))).toMatchObject(nothing);
  });

  test('the price of long prompts goes by each prompt, not by all together', () => {
    const price = {
      inputUsdPerMTok: 1_000_000,
      outputUsdPerMTok: 0,
      longPrompt: { overTokens: 30, factor: 2 },
    };
    const { costUsd } = estimate(sourceOf({ pending: examplesOf(10, 20, 30), price }));
    expect(costUsd).toBe(10 + ADDED + (20 + ADDED) + 2 * (30 + ADDED));
  });

  test('an unknown price makes the cost unknown, not zero', () => {
    expect(estimate(sourceOf({ price: null }))).toMatchObject({ costUsd: null, mostUsd: null });
  });
});

describe('with replies of this run', () => {
  const selection = examplesOf(...Array.from({ length: 12 }, () => 10));

  test('ten make the measure, for prompts and for completions', () => {
    const attempts = repliesOf(10, 2 * (10 + ADDED), 30);
    expect(estimate(sourceOf({ selection, attempts, pending: examplesOf(20) }))).toMatchObject({
      promptTokens: 2 * (20 + ADDED),
      completionTokens: 60,
      basis: 'replies so far',
    });
    expect(estimate(sourceOf({ selection, attempts: attempts.slice(1) })).basis).toBe('responses');
  });

  test('the most that it can cost stays what it was', () => {
    const attempts = repliesOf(10, 1, 1);
    expect(estimate(sourceOf({ selection, attempts })).mostUsd).toBe(estimate(sourceOf({})).mostUsd);
  });

  test('completions are still no longer than they may be', () => {
    const attempts = repliesOf(10, 100, 900);
    const { completionTokens } = estimate(sourceOf({ selection, attempts, pending: examplesOf(20) }));
    expect(completionTokens).toBe(1000);
  });

  test.each<[string, AttemptParts]>([
    ['another model', { model: 'other' }],
    ['another prompt', { prompt: PROMPT.hash }],
    ['a judge', { purpose: 'judge' }],
    ['a repair', { purpose: 'repair' }],
    ['a server that tells no usage', { usage: null }],
    ['a fault', { fault: ['transport', 'malformed_reply', 'words'] }],
    ['an example that nobody knows', { example: 'x' }],
  ])('what came from %s does not count', (_, parts) => {
    const attempts = repliesOf(12, 100, 100, parts);
    expect(estimate(sourceOf({ selection, attempts })).basis).toBe('responses');
  });

  test.each([
    [0, 0],
    [0, 30],
    [30, 0],
  ])('a server that counts %d in and %d out measures nothing', (tokensIn, tokensOut) => {
    const attempts = repliesOf(10, tokensIn, tokensOut);
    expect(estimate(sourceOf({ selection, attempts })).basis).toBe('responses');
  });

  test('the newest are looked at, where there are very many', () => {
    const many = examplesOf(...Array.from({ length: 400 }, () => 10));
    const old = repliesOf(200, 100, 500);
    const recent = repliesOf(200, 100, 20);
    const { completionTokens } = estimate(sourceOf({ selection: many, attempts: [...old, ...recent] }));
    expect(completionTokens).toBe(20);
  });
});

test('the most that it can cost is found without a tokeniser, and is above any count', () => {
  const source = sourceOf({ pending: examplesOf(10, 20) });
  const most = mostItCanCost(source) ?? 0;
  // Each byte of the prompts a token, and every completion as long as it may be.
  expect(most).toBeGreaterThan(2 * 10_000 + 5 * 30);
  expect(most).toBeLessThan(2 * 10_000 + 1000);
  expect(mostItCanCost({ ...source, price: null })).toBeNull();
});

test('counting the wording once comes to what counting whole prompts does', async () => {
  const spec = {
    via: 'openai',
    name: 'gpt-4o',
    baseUrl: 'https://api.openai.com/v1',
    official: true,
  } as const;
  const prompt = await loadPrompt(DEFAULT_PROMPT_FILE);
  const { encoding, ...own } = await tokenCounterFor(spec);
  const pending = [
    ...examplesOf(10, 200),
    exampleOf('{"instruction": "Ask.", "input": "1, 2\\n3", "output": "So.\\n\\n"}'),
  ];
  const whole = pending.reduce((sum, example) => sum + own.countMessages(renderPrompt(prompt, example)), 0);
  const { promptTokens } = estimate(sourceOf({ pending, prompt, counter: own }));
  expect(Math.abs(promptTokens - whole)).toBeLessThanOrEqual(3 * pending.length);
});
