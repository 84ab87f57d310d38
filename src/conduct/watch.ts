import type { ModelSpec } from '../model/resolve.js';
import type { Gate } from '../pace/gate.js';
import type { AskEvent } from '../run/ask.js';
import type { BatchEvent } from '../run/batch/batch-context.js';
import type { OwnedRun } from '../run/own-run.js';
import type { Surroundings } from './surroundings.js';

/** Somebody who is told what happens while a model is asked, and who can end it. */
export interface Watch<Event> {
  /** Aborted: nothing more is sent; what is under way is waited for. */
  readonly stop: AbortSignal;
  /** Aborted: what is under way is given up. */
  readonly abort: AbortSignal;
  onEvent(event: Event): void;
  /** Asking is over, by its end or by a failure, which is told elsewhere. */
  end(failed: boolean): void;
}

/** Whoever runs a call: a terminal, a server. A call asks one model after the other, and each time is watched anew. */
export interface Host extends Surroundings {
  watch(run: OwnedRun, spec: ModelSpec, gate: Gate): Promise<Watch<AskEvent>>;
  /** For requests that go in batches. */
  watchBatches(run: OwnedRun): Watch<BatchEvent>;
}
