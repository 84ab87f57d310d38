import type { ShapeName } from '../dataset/index.js';
import type { RunSettings } from '../run/manifest.js';
import type { MeasuredPart } from '../select/index.js';
import type { Amount } from './options.js';

/** How the examples are chosen, as commander gives it. */
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

/** Which model is asked and how, as commander gives it. */
export interface ModelOptions {
  readonly model?: string;
  readonly baseUrl?: string;
  readonly prompt?: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
}

/** How requests are sent, as commander gives it. */
export interface SendingOptions {
  readonly concurrency: number | 'auto';
  /** Requests, and tokens, a minute. */
  readonly rpm?: number;
  readonly tpm?: number;
  /** Seconds. */
  readonly maxWait: number;
  /** Seconds. */
  readonly timeout: number;
  /** US dollars for a million tokens. */
  readonly priceIn?: number;
  readonly priceOut?: number;
  /** US dollars, for the whole run. */
  readonly budget?: number | 'none';
  readonly budgetTokens?: number | 'none';
  /** Asks no question. */
  readonly yes?: boolean;
}

/** Options of `burnish refine`, as commander gives them. */
export interface RefineOptions extends SelectionOptions, ModelOptions, SendingOptions {
  readonly limit?: number;
  readonly run?: string;
  readonly output?: string;
  readonly from?: ShapeName;
  readonly to?: ShapeName;
  readonly onFlag?: RunSettings['onFlag'];
  readonly onFail?: RunSettings['onFail'];
  /** A model's name, or `none`. */
  readonly judge?: string;
  readonly judgeAll?: boolean;
  readonly repair?: number;
  readonly repairFlagged?: boolean;
  readonly skipBadRows?: boolean;
  readonly dryRun?: boolean;
  /** A file, or `none`. */
  readonly checks?: string;
  readonly batch?: boolean;
  /** Prompt tokens. */
  readonly batchMaxTokens?: number;
  readonly json?: boolean;
}
