import type { Example } from '../dataset/example.js';
import { roughCounter } from '../model/count-tokens.js';
import { costOf, type Price } from '../model/prices.js';
import type { Prompt } from '../prompt/prompt.js';
import { renderPrompt } from '../prompt/render-prompt.js';
import { JUDGE_COMPLETION_TOKENS, type OpenQuestion } from './judge-rounds.js';

/** What judging will use if every reply is judged in both orders, without re-sendings; told from the lengths alone. */
export interface JudgingEstimate {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars; null when the price is unknown. */
  readonly costUsd: number | null;
}

/** What an estimate of judging is made from. */
export interface JudgingSource {
  readonly prompt: Prompt<'judge'>;
  readonly price: Price | null;
  /** Examples whose reply is still to come, and will be about as long as the response. */
  readonly expected: readonly Example[];
  /** About replies that are there. */
  readonly open: readonly OpenQuestion[];
}

/** Estimates the most that judging is expected to use. */
export function estimateJudging({ prompt, price, expected, open }: JudgingSource): JudgingEstimate {
  const comparisons = [
    ...expected.map((example) => ({ example, refined: example.response, times: 2 })),
    ...open.map(({ entry: { example }, refined, order }) => ({
      ...{ example, refined },
      times: order === 'original-first' ? 2 : 1,
    })),
  ];
  let requests = 0;
  let promptTokens = 0;
  let costUsd: number | null = price === null ? null : 0;
  for (const { example, refined, times } of comparisons) {
    const { instruction, input, response } = example;
    const texts = { instruction, input, first: response, second: refined };
    const counted = roughCounter.countMessages(renderPrompt(prompt, texts));
    const usage = {
      promptTokens: counted,
      completionTokens: JUDGE_COMPLETION_TOKENS,
      cachedPromptTokens: 0,
    };
    const cost = costOf(usage, price);
    requests += times;
    promptTokens += times * counted;
    costUsd = costUsd === null || cost === null ? null : costUsd + times * cost;
  }
  return { requests, promptTokens, completionTokens: requests * JUDGE_COMPLETION_TOKENS, costUsd };
}
