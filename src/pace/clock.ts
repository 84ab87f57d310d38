/** Time as the gate sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since some fixed moment, never going back. */
  now(): number;
  /** Calls back once after so many milliseconds; the function it returns prevents that. */
  wake(afterMs: number, callback: () => void): () => void;
}

export const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  wake: (afterMs, callback) => {
    const timer = setTimeout(callback, afterMs);
    return () => clearTimeout(timer);
  },
};
