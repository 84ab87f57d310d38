import { expect, test } from 'vitest';
import type { Watch } from '../../src/conduct/watch.js';
import { ModelError } from '../../src/model/model-error.js';
import type { ModelSpec } from '../../src/model/resolve.js';
import { Gate } from '../../src/pace/gate.js';
import type { AskEvent } from '../../src/run/ask.js';
import type { OwnedRun } from '../../src/run/own-run.js';
import { OngoingCall } from '../../src/server/ongoing-call.js';
import { SimulatedClock } from '../pace/simulation.js';
import { attemptOf } from '../support/run-parts.js';

const SAVED: AskEvent = { type: 'saved', attempt: attemptOf(), ended: true };
const AROUND = { env: {}, cwd: '/', tell: () => {} };
const SPEC: ModelSpec = { via: 'openai', name: 'm', baseUrl: 'http://127.0.0.1:9/v1', official: false };

/** A call on a clock of its own, and the times of its notices. */
async function scene(): Promise<{
  clock: SimulatedClock;
  call: OngoingCall;
  watch: Watch<AskEvent>;
  notices: number[];
}> {
  const clock = new SimulatedClock();
  const notices: number[] = [];
  const call = new OngoingCall(clock, () => notices.push(clock.now()));
  const gate = new Gate(
    { concurrency: 2, requestsPerMinute: null, tokensPerMinute: null, maxWaitMs: 1000 },
    clock,
  );
  const watch = await call.host(AROUND).watch({} as OwnedRun, SPEC, gate);
  return { clock, call, watch, notices };
}

test('gives at most four notices a second, however much happens, and the last not late', async () => {
  const { clock, call, watch, notices } = await scene();
  for (let ms = 0; ms < 1000; ms += 10) clock.at(ms, () => watch.onEvent(SAVED));
  await clock.run(10_000);
  expect(notices.length).toBeLessThanOrEqual(5);
  for (const [index, at] of notices.slice(1).entries())
    expect(at - (notices[index] ?? 0)).toBeGreaterThanOrEqual(250);
  expect(notices.at(-1)).toBeGreaterThanOrEqual(990);
  expect(notices.at(-1)).toBeLessThanOrEqual(1251);
  expect(call.progress().done).toBe(100);
});

test('gives no notice from within the work of the call', async () => {
  const { watch, notices } = await scene();
  watch.onEvent(SAVED);
  expect(notices).toEqual([]);
});

test('a notice that is due when the call ends is given then, and none afterwards', async () => {
  const { clock, call, watch, notices } = await scene();
  watch.onEvent(SAVED);
  call.end();
  call.end();
  expect(notices).toEqual([0]);
  await clock.run(10_000);
  expect(notices).toEqual([0]);
});

test('tells in words why a request waits', async () => {
  const { call, watch } = await scene();
  const fault = new ModelError('too many requests', { kind: 'transport', code: 'rate_limited', status: 429 });
  watch.onEvent({ type: 'waiting', example: '0', waitMs: 2000, fault });
  expect(call.progress().waiting).toBe('sending again in 2.0s: HTTP 429: too many requests');
});

test('one signal stops all that a call asks, and another one gives up what is under way', async () => {
  const { call, watch } = await scene();
  const batches = call.host(AROUND).watchBatches({} as OwnedRun);
  expect([watch.stop.aborted, batches.stop.aborted, call.isStopping]).toEqual([false, false, false]);
  call.stop();
  expect([watch.stop.aborted, batches.stop.aborted, call.isStopping]).toEqual([true, true, true]);
  expect([watch.abort.aborted, batches.abort.aborted]).toEqual([false, false]);
  call.giveUp();
  expect([watch.abort.aborted, batches.abort.aborted]).toEqual([true, true]);
});
