/** One request of an earlier call. */
export interface EarlierStart {
  /** How long ago it was sent, in milliseconds. */
  readonly agoMs: number;
  /** What it used, prompt and completion. */
  readonly tokens: number;
}

export interface GateOptions {
  /** Requests under way at once; `auto` finds a good level. */
  readonly concurrency: number | 'auto';
  /** The user's bounds, which hold in any 60 seconds; null without one. */
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  /** What was sent shortly before, by an earlier call, and counts towards the user's bounds; default: nothing. */
  readonly earlier?: readonly EarlierStart[];
  /** The longest wait that a server is granted, in milliseconds; when it asks for more, the gate closes. */
  readonly maxWaitMs: number;
}

/** For those who watch. */
export interface GateState {
  /** Requests that may be under way at once. */
  readonly concurrency: number;
  readonly underWay: number;
  readonly waiting: number;
  /** Rates in force; null where no limit is known. */
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  /** How long nothing will be sent because the server asked for it, in milliseconds. */
  readonly pausedForMs: number;
}
