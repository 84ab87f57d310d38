import type { CapEntry } from './hard-cap.js';

/** One start, as a limit sees it. */
export interface Start {
  /** Counts the starts. */
  readonly order: number;
  readonly at: number;
  readonly cost: number;
  /** The cost of all earlier starts. */
  readonly before: number;
  /** What the user's bound counts; null without one. */
  readonly capped: CapEntry | null;
}
