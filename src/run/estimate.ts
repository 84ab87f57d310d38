import type { Example } from '../dataset/example.js';
import { roughCounter, type TokenCounter } from '../model/count-tokens.js';
import { costOf, type Price } from '../model/prices.js';
import type { Prompt } from '../prompt/prompt.js';
import { renderPrompt } from '../prompt/render-prompt.js';
import type { Attempt } from './attempt.js';
import { expectCompletion } from './expected-tokens.js';

/** What asking examples will probably use: one answer each, without re-sendings that are charged and without repairs. */
export interface Estimate {
  readonly examples: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars; null when the price is unknown. */
  readonly costUsd: number | null;
  /** The most it can cost if every completion is as long as it may be. */
  readonly mostUsd: number | null;
  /** What the number of completion tokens rests on. */
  readonly basis: 'responses' | 'replies so far';
}

/** What an estimate is made from. */
export interface EstimateSource {
  /** The examples to be asked. */
  readonly pending: readonly Example[];
  /** All examples of the run. */
  readonly selection: readonly Example[];
  /** All attempts of the run. */
  readonly attempts: readonly Attempt[];
  readonly prompt: Prompt;
  /** As given to `--model`. */
  readonly model: string;
  readonly counter: Omit<TokenCounter, 'encoding'>;
  readonly maxTokens: number;
  readonly price: Price | null;
}

/** What a prompt can have more than its parts: three texts meet the wording. */
const SEAM_TOKENS = 3;

/** Replies from which on this run's own replies say more than the rule. */
const ENOUGH_REPLIES = 10;
/** Replies that are looked at: more would take time and change little. */
const REPLIES_LOOKED_AT = 200;

/**
 * Estimates what asking examples will use.
 *
 * Completions are taken to be as `expectCompletion` says. Once ten replies to the same prompt of the same model are
 * there, both counts are scaled by what the server counted for those, which takes in hidden reasoning and a tokeniser
 * that is not the model's.
 */
export function estimate(source: EstimateSource): Estimate {
  const { pending, counter, prompt, maxTokens, price } = source;
  const countPrompt = promptCounter(source);
  const measured = measureReplies(source, countPrompt);
  const { promptRatio, completionRatio } = measured ?? { promptRatio: 1, completionRatio: 1 };
  let promptTokens = 0;
  let completionTokens = 0;
  let costUsd: number | null = price === null ? null : 0;
  let mostUsd = costUsd;
  for (const example of pending) {
    const counted = countPrompt(example);
    const tokensIn = counted * promptRatio;
    const tokensOut = Math.min(
      maxTokens,
      expectCompletion(example, source.prompt, source.counter) * completionRatio,
    );
    const mostIn = counter.exact
      ? counted + SEAM_TOKENS
      : counter.mostInMessages(renderPrompt(prompt, example));
    promptTokens += tokensIn;
    completionTokens += tokensOut;
    // Request by request, as long prompts may have another price.
    costUsd = plus(costUsd, costOfOne(tokensIn, tokensOut, price));
    mostUsd = plus(mostUsd, costOfOne(mostIn, maxTokens, price));
  }
  return {
    examples: pending.length,
    promptTokens: Math.round(promptTokens),
    completionTokens: Math.round(completionTokens),
    costUsd,
    mostUsd,
    basis: measured === null ? 'responses' : 'replies so far',
  };
}

function costOfOne(promptTokens: number, completionTokens: number, price: Price | null): number | null {
  return costOf({ promptTokens, completionTokens, cachedPromptTokens: 0 }, price);
}

function plus(sum: number | null, cost: number | null): number | null {
  return sum === null || cost === null ? null : sum + cost;
}

/**
 * The most that asking examples once each can cost, found without a tokeniser: whoever only wants to know whether a run
 * is clearly below some amount need not load one.
 *
 * @returns US dollars; null when the price is unknown
 */
export function mostItCanCost(
  source: Pick<EstimateSource, 'pending' | 'prompt' | 'model' | 'maxTokens' | 'price'>,
): number | null {
  return estimate({ ...source, selection: [], attempts: [], counter: roughCounter }).mostUsd;
}

/**
 * Counts prompts, the wording only once: counting it again for every example would take most of the time. What meets
 * at the seams can make a token more or less.
 */
function promptCounter({ counter, prompt }: EstimateSource): (example: Example) => number {
  const countWording = (input: string): number =>
    counter.countMessages(renderPrompt(prompt, { instruction: '', input, response: '' }));
  // An input of white space chooses the wording for examples with an input, and is hardly more than nothing.
  const [without, withInput] = [countWording(''), countWording(' ')];
  return ({ instruction, input, response }) => {
    const texts = counter.count(instruction) + counter.count(input) + counter.count(response);
    return texts + (input === '' ? without : withInput);
  };
}

/** How many times the tokens that were to be expected replies had; null while there are too few. */
function measureReplies(
  source: EstimateSource,
  countPrompt: (example: Example) => number,
): { readonly promptRatio: number; readonly completionRatio: number } | null {
  const { attempts, selection, model, prompt } = source;
  const examples = new Map(selection.map((example) => [example.id, example]));
  const sums = { replies: 0, prompt: 0, promptExpected: 0, completion: 0, completionExpected: 0 };
  for (const attempt of attempts.toReversed()) {
    const example = examples.get(attempt.example);
    const { usage, reply } = attempt;
    // A repair or a judgement has another prompt, which says nothing of this one.
    const alike = attempt.model === model && attempt.prompt === prompt.hash && isPlain(attempt);
    if (!alike || example === undefined || usage === null || reply === null) continue;
    sums.replies += 1;
    sums.prompt += usage.promptTokens;
    sums.promptExpected += countPrompt(example);
    sums.completion += usage.completionTokens;
    sums.completionExpected += expectCompletion(example, source.prompt, source.counter);
    if (sums.replies === REPLIES_LOOKED_AT) break;
  }
  // Some servers count the prompt as 0; then nothing was measured.
  if (sums.replies < ENOUGH_REPLIES || sums.prompt === 0 || sums.completion === 0) return null;
  return {
    promptRatio: sums.prompt / sums.promptExpected,
    completionRatio: sums.completion / Math.max(1, sums.completionExpected),
  };
}

function isPlain({ purpose }: Attempt): boolean {
  return purpose === 'first' || purpose === 'retry';
}
