import { describe, expect, test } from 'vitest';
import { Pause } from '../../src/pace/pause.js';

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;

/** How long passing takes, in milliseconds. */
async function timeToPass(pause: Pause): Promise<number> {
  const start = performance.now();
  await pause.pass(never);
  return performance.now() - start;
}

describe('Pause', () => {
  test('lets everything pass while nothing holds', async () => {
    const pause = new Pause();
    await pause.pass(never);
    pause.hold(0);
    await pause.pass(never);
  });

  test('lets nothing pass before its time is over, and everything afterwards', async () => {
    const pause = new Pause();
    pause.hold(40);
    const times = await Promise.all([timeToPass(pause), timeToPass(pause)]);
    // A timer may be early by less than a millisecond, as its start is rounded.
    for (const ms of times) expect(ms).toBeGreaterThan(38);
    await pause.pass(AbortSignal.abort());
  });

  test.each([
    ['before', [60, 1]],
    ['after', [1, 60]],
  ])('the longest hold counts, also when it came %s a shorter one', async (_, holds) => {
    const pause = new Pause();
    for (const ms of holds) pause.hold(ms);
    expect(await timeToPass(pause)).toBeGreaterThan(58);
  });

  test('a hold counts for those who wait already', async () => {
    const pause = new Pause();
    pause.hold(10);
    const passing = timeToPass(pause);
    pause.hold(60);
    expect(await passing).toBeGreaterThan(58);
  });

  test.each([
    ['while it waits', (stop: AbortController, reason: Error) => setImmediate(() => stop.abort(reason))],
    ['before', (stop: AbortController, reason: Error) => stop.abort(reason)],
  ])('gives the reason of a signal that is aborted %s', async (_, abort) => {
    const pause = new Pause();
    pause.hold(HOUR_MS);
    const stop = new AbortController();
    const reason = new Error('enough');
    abort(stop, reason);
    await expect(pause.pass(stop.signal)).rejects.toBe(reason);
  });
});
