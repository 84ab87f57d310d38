import { describe, expect, test } from 'vitest';
import type { ToldLimits } from '../../src/model/rate-limit-headers.js';
import { readRateLimits } from '../../src/model/rate-limit-headers.js';
import { Gate } from '../../src/pace/gate.js';
import type { GateOptions } from '../../src/pace/gate-options.js';
import type { Pass, PassEnd } from '../../src/pace/pass.js';
import { WaitTooLong } from '../../src/pace/wait-too-long.js';
import { startLimitedServer } from '../support/limited-server.js';
import { SimulatedClock } from './simulation.js';

const never = new AbortController().signal;
const HOUR_MS = 3_600_000;

const answered: PassEnd = { type: 'answered', tokens: 100, limits: null };
const refused = (retryAfterMs: number | null, limits: ToldLimits | null = null): PassEnd => ({
  type: 'refused',
  retryAfterMs,
  limitedBy: null,
  limits,
  words: 'Slow down.',
});

/** A gate on a clock of its own, and what went through it. */
function scene(options: Partial<GateOptions> = {}) {
  const clock = new SimulatedClock();
  const gate = new Gate(
    {
      concurrency: 1,
      requestsPerMinute: null,
      tokensPerMinute: null,
      maxWaitMs: 300_000,
      ...options,
    },
    clock,
  );
  const through: { readonly name: string; readonly at: number; readonly pass: Pass }[] = [];
  const turnedAway: { readonly name: string; readonly reason: unknown }[] = [];
  return {
    clock,
    gate,
    through,
    turnedAway,
    names: () => through.map(({ name }) => name),
    enter: (name: string, { again = false, signal = never } = {}) => {
      gate.enter({ tokens: 100, again }, signal).then(
        (pass) => through.push({ name, at: clock.now(), pass }),
        (reason: unknown) => turnedAway.push({ name, reason }),
      );
    },
    leave: async (place: number, end: PassEnd = answered) => {
      through[place]?.pass.leave(end);
      await settled();
    },
    /** Lets simulated time pass. */
    pass: async (ms: number) => {
      const until = clock.now() + ms;
      clock.at(until, () => {});
      await clock.run(until + HOUR_MS).catch(() => {});
    },
  };
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn++) await null;
};

describe('Gate', () => {
  test('lets requests through in the order of their arrival, as others leave', async () => {
    const { enter, leave, names } = scene({ concurrency: 2 });
    for (const name of ['a', 'b', 'c', 'd']) enter(name);
    await settled();
    expect(names()).toEqual(['a', 'b']);
    await leave(1);
    expect(names()).toEqual(['a', 'b', 'c']);
    await leave(0);
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('lets those that are sent again through before all others', async () => {
    const { enter, leave, names } = scene();
    enter('first');
    enter('second');
    enter('third');
    enter('again', { again: true });
    enter('again later', { again: true });
    await settled();
    for (let place = 0; place < 4; place++) await leave(place);
    expect(names()).toEqual(['first', 'again', 'again later', 'second', 'third']);
  });

  test('turns away who is aborted, and nobody else', async () => {
    const { enter, leave, names, turnedAway } = scene();
    const stop = new AbortController();
    enter('first');
    enter('given up', { signal: stop.signal });
    enter('given up too', { signal: stop.signal, again: true });
    enter('last');
    const reason = new Error('enough');
    stop.abort(reason);
    enter('too late', { signal: stop.signal });
    await settled();
    expect(turnedAway.map(({ name }) => name).sort()).toEqual(['given up', 'given up too', 'too late']);
    expect(turnedAway.every((one) => one.reason === reason)).toBe(true);
    await leave(0);
    expect(names()).toEqual(['first', 'last']);
  });

  test('a pass is left once', async () => {
    const { enter, leave, through } = scene();
    enter('first');
    await settled();
    await leave(0);
    expect(() => through[0]?.pass.leave(answered)).toThrow('twice');
  });

  test.each([
    ['a refusal', refused(5000)],
    ['a server that is down for a while', { type: 'failed', retryAfterMs: 5000, limits: null } as const],
  ])('%s holds back all for as long as the server asks', async (_, end) => {
    const { enter, leave, gate, through, names, clock } = scene({ concurrency: 3 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name);
    await settled();
    await leave(0, end);
    await leave(1);
    enter('again', { again: true });
    await settled();
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(gate.state().pausedForMs).toBeCloseTo(5000);
    await clock.run(HOUR_MS);
    expect(names()).toContain('again');
    for (const { at } of through.slice(3)) expect(at).toBeGreaterThanOrEqual(5000);
    expect(gate.state().pausedForMs).toBe(0);
  });

  test('a long pause is not followed by everything at once', async () => {
    const { enter, leave, through, pass, clock } = scene({ concurrency: 100 });
    for (let number = 0; number < 200; number++) enter(String(number));
    await settled();
    for (let place = 0; place < 20; place++) await leave(place);
    for (let place = 20; place < 100; place++) await leave(place, refused(60_000));
    await pass(60_100);
    expect(clock.now()).toBeGreaterThan(60_000);
    const atOnce = through.filter(({ at }) => at >= 60_000 && at < 60_100).length;
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThan(50);
  });

  test('after two refusals in a row requests begin again one by one', async () => {
    const { enter, leave, through, names, clock } = scene({ concurrency: 50 });
    for (let number = 0; number < 200; number++) enter(String(number));
    await settled();
    for (let place = 0; place < 50; place++) await leave(place, refused(1000));
    const seen: number[] = [];
    // Refused each time at once, from here on.
    for (let place = 50; place < 56; place++) {
      const from = clock.now();
      for (let ms = 0; ms < 40_000 && through.length <= place; ms += 50) {
        clock.at(clock.now() + 50, () => {});
        await clock.run(from + HOUR_MS, clock.now() + 50);
      }
      await settled();
      seen.push(names().length);
      await leave(place, refused(1000));
    }
    expect(seen.slice(1)).toEqual([52, 53, 54, 55, 56]);
  });

  test('closes for good when the server asks for a longer wait than is granted', async () => {
    const { enter, leave, turnedAway, names } = scene({ maxWaitMs: 60_000, concurrency: 2 });
    for (const name of ['a', 'b', 'c', 'd']) enter(name);
    await settled();
    await leave(0, refused(61_000));
    await leave(1);
    enter('e');
    await settled();
    expect(names()).toEqual(['a', 'b']);
    expect(turnedAway.map(({ name }) => name)).toEqual(['c', 'd', 'e']);
    for (const { reason } of turnedAway) {
      expect(reason).toBeInstanceOf(WaitTooLong);
      expect(reason).toMatchObject({ waitMs: 61_000, words: 'Slow down.' });
    }
  });

  test('waits for exactly as long as is granted', async () => {
    const { enter, leave, turnedAway, names, clock } = scene({ maxWaitMs: 60_000 });
    enter('a');
    enter('b');
    await settled();
    await leave(0, refused(60_000));
    await clock.run(HOUR_MS);
    expect(turnedAway).toEqual([]);
    expect(names()).toEqual(['a', 'b']);
  });

  test.each([
    ['a request that was not sent', { type: 'unsent' } as const, 0],
    ['one that was', answered, 60_000],
  ])('%s counts accordingly against the bound', async (_, end, waitMs) => {
    const { enter, leave, through, clock } = scene({ concurrency: 1, requestsPerMinute: 1 });
    enter('a');
    await settled();
    await leave(0, end);
    enter('b');
    await clock.run(HOUR_MS);
    expect(through[1]?.at).toBeGreaterThanOrEqual(waitMs);
    if (waitMs === 0) expect(through[1]?.at).toBe(0);
  });

  test('tells how things stand', async () => {
    const { enter, gate } = scene({ concurrency: 2, requestsPerMinute: 600, tokensPerMinute: 30_000 });
    expect(gate.state()).toMatchObject({ concurrency: 2, underWay: 0, waiting: 0, pausedForMs: 0 });
    for (const name of ['a', 'b', 'c']) enter(name);
    await settled();
    const state = gate.state();
    expect(state).toMatchObject({ underWay: 1, waiting: 2 });
    expect(state.requestsPerMinute).toBeGreaterThan(590);
    expect(state.requestsPerMinute).toBeLessThanOrEqual(600);
    expect(state.tokensPerMinute).toBeLessThanOrEqual(30_000);
    expect(
      new Gate({ concurrency: 'auto', requestsPerMinute: null, tokensPerMinute: null, maxWaitMs: 1 }).state(),
    ).toMatchObject({ requestsPerMinute: null, tokensPerMinute: null });
  });

  test('one timer serves all who wait', async () => {
    let timers = 0;
    let most = 0;
    const clock = new SimulatedClock();
    const counting = {
      now: () => clock.now(),
      wake: (afterMs: number, callback: () => void) => {
        timers++;
        most = Math.max(most, timers);
        const cancel = clock.wake(afterMs, () => {
          timers--;
          callback();
        });
        return () => {
          timers--;
          cancel();
        };
      },
    };
    const gate = new Gate(
      { concurrency: 50, requestsPerMinute: 600, tokensPerMinute: null, maxWaitMs: 60_000 },
      counting,
    );
    let number = 0;
    const ask = async () =>
      (await gate.enter({ tokens: 1, again: false }, never)).leave(
        number++ % 10 === 5 ? refused(700) : answered,
      );
    const all = Promise.all(Array.from({ length: 100 }, ask));
    await clock.run(HOUR_MS);
    await all;
    expect(most).toBe(1);
    expect(timers).toBe(0);
  });

  test.each([
    ['the limit is 0 and comes back soon', { limit: 10, remaining: 0, resetMs: 50, windowMs: 60_000 }],
    ['nothing is ever left', { limit: 10, remaining: 0, resetMs: 40_000, windowMs: 60_000 }],
    ['the reset is in a year', { limit: 10, remaining: 0, resetMs: 3e10, windowMs: null }],
    ['more is left than the limit', { limit: 10, remaining: 500, resetMs: 0, windowMs: null }],
    ['the reset is at once', { limit: 10, remaining: 0, resetMs: 0, windowMs: 60_000 }],
  ])('never stands still though a server tells that %s', async (_, told) => {
    const clock = new SimulatedClock();
    const gate = new Gate(
      { concurrency: 4, requestsPerMinute: null, tokensPerMinute: null, maxWaitMs: 60_000 },
      clock,
    );
    let done = 0;
    const worker = async () => {
      for (let number = 0; number < 10; number++) {
        const pass = await gate.enter({ tokens: 100, again: false }, never);
        await new Promise<void>((resolve) => clock.at(clock.now() + 10, resolve));
        pass.leave({ type: 'answered', tokens: 100, limits: { requests: told, tokens: told } });
        done++;
      }
    };
    const all = Promise.all([worker(), worker(), worker(), worker()]);
    await clock.run(24 * HOUR_MS);
    await all;
    expect(done).toBe(40);
  });
});

describe('Gate, over HTTP', () => {
  /** Asks so many times, again after each refusal. */
  async function askAll(gate: Gate, url: string, count: number): Promise<void> {
    const ask = async () => {
      for (let again = false; ; again = true) {
        const pass = await gate.enter({ tokens: 60, again }, never);
        const response = await fetch(`${url}/chat/completions`, { method: 'POST', body: '{"model":"m"}' });
        const header = (name: string) => response.headers.get(name);
        const limits = readRateLimits(header, Date.now());
        const body = (await response.json()) as { usage?: { total_tokens: number } };
        if (response.status === 200) {
          pass.leave({ type: 'answered', tokens: body.usage?.total_tokens ?? null, limits });
          return;
        }
        const retryAfterMs = header('retry-after-ms');
        const words = 'refused';
        pass.leave({
          type: 'refused',
          retryAfterMs: retryAfterMs === null ? null : Number(retryAfterMs),
          limitedBy: null,
          limits,
          words,
        });
      }
    };
    await Promise.all(Array.from({ length: count }, ask));
  }

  const options: GateOptions = {
    concurrency: 10,
    requestsPerMinute: null,
    tokensPerMinute: null,
    maxWaitMs: 60_000,
  };

  test.each([
    ['tells its limits', { tellHeaders: true }],
    ['asks to wait', { retryAfter: 'ms' }],
    ['says nothing', {}],
  ] as const)('every request is answered by a server that %s', async (_, style) => {
    const server = await startLimitedServer({ requestsPerMinute: 6000, burstMs: 200, ...style });
    try {
      await askAll(new Gate(options), server.url, 120);
      expect(server.accepted).toBe(120);
      expect(server.refused).toBeLessThan(80);
    } finally {
      await server.close();
    }
  });

  test('a bound on tokens that the user set is kept to', async () => {
    const server = await startLimitedServer({ tokensPerMinute: 200_000, burstMs: 1000 });
    try {
      await askAll(new Gate({ ...options, tokensPerMinute: 150_000 }), server.url, 60);
      expect(server.accepted).toBe(60);
      expect(server.refused).toBe(0);
    } finally {
      await server.close();
    }
  });
});

test('what an earlier call has sent within the minute counts towards the bounds of the user', async () => {
  const clock = new SimulatedClock();
  const earlier = [10_000, 30_000].map((agoMs) => ({ agoMs, tokens: 400 }));
  const limits = { requestsPerMinute: 2, tokensPerMinute: 1_000, maxWaitMs: 300_000 };
  const gate = new Gate({ concurrency: 4, ...limits, earlier }, clock);
  const starts: number[] = [];
  for (let count = 0; count < 2; count++) {
    void gate.enter({ tokens: 500, again: false }, new AbortController().signal).then((pass) => {
      starts.push(clock.now());
      pass.leave({ type: 'answered', tokens: 500, limits: null });
    });
  }
  await clock.run(300_000);
  expect(starts[0]).toBeGreaterThanOrEqual(30_000);
  expect(starts[1]).toBeGreaterThanOrEqual(50_000);
});
