import type { KnownPrice } from '../model/prices.js';
import type { ModelSpec } from '../model/resolve.js';
import type { BudgetSpent } from '../pace/budget.js';
import type { PricedModel } from '../run/commitment.js';
import type { Judging } from '../run/judge-rounds.js';
import type { CheckedWith } from '../run/take-snapshot.js';
import type { Asking } from '../run/task.js';
import type { SendingOptions } from './call-options.js';

/** The model that judges what another one has refined. */
export interface Judge extends Judging {
  readonly spec: ModelSpec;
  /** Its own; null when unknown. */
  readonly price: KnownPrice | null;
}

/** How examples are asked in this call. */
export interface Call extends Asking {
  readonly spec: ModelSpec;
  /** Of single requests, also for a call that sends batches. */
  readonly price: KnownPrice | null;
  /** Of single requests, of all models that the call asks. */
  readonly prices: readonly PricedModel[];
  /** Who judges the replies; null for nobody. */
  readonly judge: Judge | null;
  /** Whether the requests go through the Batch API. */
  readonly batch: boolean;
  readonly checks: CheckedWith;
  readonly sending: SendingOptions;
}

/** Why a call ended before every example was asked. */
export interface CallEnd {
  readonly interrupted: boolean;
  readonly budgetSpent: BudgetSpent | null;
}
