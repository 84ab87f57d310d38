import { describe, expect, test } from 'vitest';
import { Stalled, StallWatch, type Watched } from '../../src/pace/stall-watch.js';

/** A watch whose time is set by the test. */
function watchAt() {
  const time = { nowMs: 0 };
  const watch = new StallWatch(() => time.nowMs);
  return {
    watch,
    /** So many requests, one after another, each answered after so long. */
    answer: (count: number, eachMs: number) => {
      for (let done = 0; done < count; done++) {
        const watched = watch.begin();
        time.nowMs += eachMs;
        watched.end(true);
      }
    },
    /** Whether a request is given up when it has waited so long. */
    stalledAfter: (watched: Watched, waitedMs: number) => {
      time.nowMs += waitedMs;
      watch.look();
      return watched.signal.aborted;
    },
  };
}

describe('StallWatch', () => {
  test('gives up a request that takes eight times as long as the slowest answer so far', () => {
    const { watch, answer, stalledAfter } = watchAt();
    answer(20, 10_000);
    const watched = watch.begin();
    expect(stalledAfter(watched, 80_000)).toBe(false);
    expect(stalledAfter(watched, 1)).toBe(true);
    expect(watched.signal.reason).toBeInstanceOf(Stalled);
    expect(String(watched.signal.reason)).toContain('no answer after 80 s');
  });

  test('waits a minute at least, however quick the server was', () => {
    const { watch, answer, stalledAfter } = watchAt();
    answer(100, 5);
    const watched = watch.begin();
    expect(stalledAfter(watched, 60_000)).toBe(false);
    expect(stalledAfter(watched, 1)).toBe(true);
  });

  test('knows nothing before twenty answers', () => {
    const { watch, answer, stalledAfter } = watchAt();
    answer(19, 5);
    expect(stalledAfter(watch.begin(), 86_400_000)).toBe(false);
  });

  test('learns from a late answer, and nothing from a request that failed', () => {
    const { watch, answer, stalledAfter } = watchAt();
    answer(20, 5);
    const failed = watch.begin();
    expect(stalledAfter(failed, 30_000)).toBe(false);
    failed.end(false);
    expect(stalledAfter(watch.begin(), 60_001)).toBe(true);
    answer(1, 30_000);
    const patient = watch.begin();
    expect(stalledAfter(patient, 240_000)).toBe(false);
    expect(stalledAfter(patient, 1)).toBe(true);
  });

  test('leaves alone what has ended', () => {
    const { watch, answer, stalledAfter } = watchAt();
    answer(20, 5);
    const watched = watch.begin();
    watched.end(true);
    expect(stalledAfter(watched, 100_000)).toBe(false);
  });
});
