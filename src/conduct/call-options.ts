import type { ShapeName } from '../dataset/index.js';
import type { Prompt } from '../prompt/prompt.js';
import type { RunSettings } from '../run/manifest.js';
import type { MeasuredPart } from '../select/index.js';

/** How many to take: a number of examples, or a share of them. */
export type Amount = { readonly top: number } | { readonly percent: number };

/** How the examples are chosen. */
export interface SelectionOptions {
  readonly top?: Amount;
  readonly by?: string;
  readonly of?: MeasuredPart;
  readonly min?: number;
  readonly random?: number;
  readonly seed?: number;
  readonly all?: boolean;
  readonly ids?: readonly string[];
  readonly idsFile?: string;
  readonly where?: readonly string[];
}

/** Which model is asked and how; what is left out is the run's, or the prompt's. */
export interface AskingOptions {
  readonly model?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly prompt?: Prompt | undefined;
  readonly temperature?: number | undefined;
  readonly maxTokens?: number | undefined;
}

/** What is paid for a million tokens, in US dollars. */
export interface PriceOptions {
  readonly priceIn?: number;
  readonly priceOut?: number;
}

/** The most that the whole run may cost in US dollars, and use in tokens; `none` takes a budget away. */
export interface BudgetOptions {
  readonly budget?: number | 'none' | undefined;
  readonly budgetTokens?: number | 'none' | undefined;
}

/** How requests are sent. */
export interface SendingOptions {
  readonly concurrency: number | 'auto';
  /** Requests, and tokens, a minute. */
  readonly rpm?: number | undefined;
  readonly tpm?: number | undefined;
  /** Seconds. */
  readonly maxWait: number;
  /** Seconds. */
  readonly timeout: number;
}

/** What a retry can change for its time. */
export interface RetryOptions extends AskingOptions, PriceOptions, BudgetOptions, SendingOptions {}

/** What a call that refines a dataset can be told. */
export interface RefinementOptions extends SelectionOptions, RetryOptions {
  /** Examples that are asked about in this call; default: all. */
  readonly limit?: number | undefined;
  readonly output?: string;
  readonly from?: ShapeName;
  readonly to?: ShapeName;
  readonly onFlag?: RunSettings['onFlag'] | undefined;
  readonly onFail?: RunSettings['onFail'] | undefined;
  /** A model's name, or `none`. */
  readonly judge?: string;
  readonly judgeAll?: boolean;
  readonly repair?: number | undefined;
  readonly repairFlagged?: boolean;
  readonly skipBadRows?: boolean;
  /** A file, or `none`. */
  readonly checks?: string | undefined;
  readonly batch?: boolean;
  /** Prompt tokens in batches at once. */
  readonly batchMaxTokens?: number;
}
