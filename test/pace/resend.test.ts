import { afterEach, describe, expect, test, vi } from 'vitest';
import { ModelError, type ModelErrorCode, type ModelErrorKind } from '../../src/model/model-error.js';
import { type ResendPolicy, resend } from '../../src/pace/resend.js';

const POLICY: ResendPolicy = { resends: 3, dearResends: 3, firstWaitMs: 1, longestWaitMs: 8 };
const HOUR_MS = 3_600_000;
const never = new AbortController().signal;

const fault = (kind: ModelErrorKind, code: ModelErrorCode = 'server_error') =>
  new ModelError('words', { kind, code });
const busy = () => fault('transport');
const limited = () => fault('transport', 'rate_limited');
const late = () => fault('transport', 'timeout');
const paidForNothing = () =>
  new ModelError('words', {
    kind: 'transport',
    code: 'malformed_reply',
    usage: { promptTokens: 5, completionTokens: 5, cachedPromptTokens: 0, reasoningTokens: 0 },
  });
const refusesTemperature = () => fault('capability', 'unsupported_parameter');

/** Sends with these results, one after another, and fails on a sending too many. */
async function play(results: readonly (ModelError | string)[], policy = POLICY, signal = never) {
  const numbers: string[] = [];
  const waits: number[] = [];
  const ending = await resend(
    async (sending) => {
      const result = results[numbers.length];
      if (result === undefined) throw new Error('a sending too many');
      const left = sending.leftAfter(result instanceof ModelError ? result : null);
      numbers.push(`${sending.resend}+${left}`);
      if (result instanceof ModelError) throw result;
      return result;
    },
    policy,
    signal,
    (waitMs) => waits.push(waitMs),
  ).catch((error: unknown) => error);
  return { ending, waits, numbers };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('resend', () => {
  test('sends once when it is answered', async () => {
    expect(await play(['answer'])).toEqual({ ending: 'answer', waits: [], numbers: ['0+3'] });
  });

  test('sends again after passing faults, until it is answered', async () => {
    const { ending, numbers, waits } = await play([busy(), busy(), 'answer']);
    expect(ending).toBe('answer');
    expect(numbers).toEqual(['0+3', '1+2', '2+1']);
    expect(waits).toHaveLength(2);
  });

  test('gives up at the limit, with the last fault, and does not wait for nothing', async () => {
    const faults = [busy(), busy(), busy(), busy()];
    const { ending, numbers, waits } = await play(faults);
    expect(ending).toBe(faults[3]);
    expect(numbers).toEqual(['0+3', '1+2', '2+1', '3+0']);
    expect(waits).toHaveLength(3);
  });

  test('sends once when no re-sending is allowed', async () => {
    const { numbers, waits } = await play([busy()], { ...POLICY, resends: 0 });
    expect({ numbers, waits }).toEqual({ numbers: ['0+0'], waits: [] });
  });

  test.each<[ModelErrorKind]>([['run'], ['example']])(
    'does not send again what was refused (%s)',
    async (kind) => {
      const refusal = fault(kind);
      expect(await play([refusal, 'answer'])).toEqual({ ending: refusal, waits: [], numbers: ['0+3'] });
    },
  );

  test('does not send again after a refusal that follows passing faults', async () => {
    const refusal = fault('example');
    expect(await play([busy(), refusal, 'answer'])).toMatchObject({
      ending: refusal,
      numbers: ['0+3', '1+2'],
    });
  });

  test.each([[new TypeError('a bug')], [new TypeError('fetch failed')], [new RangeError('a bug')]])(
    'does not send again after %o, which is a bug',
    async (bug) => {
      let sendings = 0;
      const sending = resend(
        () => {
          sendings++;
          throw bug;
        },
        POLICY,
        never,
        () => {},
      );
      await expect(sending).rejects.toBe(bug);
      expect(sendings).toBe(1);
    },
  );

  test('sends without a refused parameter at once, and counts that as no re-sending', async () => {
    const results = [refusesTemperature(), busy(), refusesTemperature(), busy(), busy(), 'answer'];
    const { ending, numbers, waits } = await play(results);
    expect(ending).toBe('answer');
    expect(numbers).toEqual(['0+3', '0+3', '1+2', '1+2', '2+1', '3+0']);
    expect(waits).toHaveLength(3);
  });

  test.each([
    ['no re-sending is allowed', [refusesTemperature(), 'answer'], 0],
    ['none is left', [busy(), refusesTemperature(), 'answer'], 1],
  ])('sends without a refused parameter though %s', async (_, results, resends) => {
    expect((await play(results, { ...POLICY, resends })).ending).toBe('answer');
  });

  test('still gives up at the limit after refused parameters', async () => {
    const results = [refusesTemperature(), busy(), busy(), 'answer'];
    const { ending, numbers } = await play(results, { ...POLICY, resends: 1 });
    expect(ending).toBe(results[2]);
    expect(numbers).toEqual(['0+1', '0+1', '1+0']);
  });

  test.each([
    ['at the least', 0, [1, 2, 4, 8, 8]],
    ['at the most', 0.999, [2, 4, 8, 8, 8]],
  ])('waits twice as long each time, up to its longest wait (%s)', async (_, random, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const { waits } = await play(Array.from({ length: 6 }, busy), { ...POLICY, resends: 5 });
    expect(waits).toEqual(expected);
  });

  test('after a refusal by a rate limit sends at once, as often as it takes, and counts no re-sending as used', async () => {
    const results = [...Array.from({ length: 20 }, limited), busy(), limited(), 'answer'];
    const { ending, numbers, waits } = await play(results, { ...POLICY, resends: 1 });
    expect(ending).toBe('answer');
    expect(numbers.slice(18)).toEqual(['18+1', '19+1', '20+1', '21+0', '22+0']);
    expect(waits).toHaveLength(1);
  });

  test.each([
    ['a time limit', late],
    ['an answer that was paid for', paidForNothing],
  ])('sends again less often after %s', async (_, dear) => {
    const policy = { ...POLICY, resends: 9, dearResends: 2 };
    const { ending, numbers } = await play([dear(), busy(), dear(), busy(), dear(), 'answer'], policy);
    expect(ending).toBeInstanceOf(ModelError);
    expect(numbers).toEqual(['0+2', '1+8', '2+1', '3+6', '4+0']);
  });

  test('does not send before its wait is over; the signal ends that wait', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    let sendings = 0;
    const sending = resend(
      async () => {
        sendings++;
        throw busy();
      },
      { ...POLICY, firstWaitMs: HOUR_MS, longestWaitMs: HOUR_MS },
      stop.signal,
      () => setTimeout(() => stop.abort(reason), 50),
    );
    await expect(sending).rejects.toBe(reason);
    expect(sendings).toBe(1);
  });

  test('tells of the fault that it waits for', async () => {
    const busyNow = busy();
    const onWait = vi.fn();
    const results = [() => Promise.reject(busyNow), () => Promise.resolve('answer')];
    await resend(() => results.shift()?.() ?? Promise.reject(new Error('too many')), POLICY, never, onWait);
    expect(onWait).toHaveBeenCalledExactlyOnceWith(expect.any(Number), busyNow);
  });

  test('sends nothing when it was stopped before', async () => {
    const reason = new Error('enough');
    expect(await play(['answer'], POLICY, AbortSignal.abort(reason))).toEqual({
      ending: reason,
      waits: [],
      numbers: [],
    });
  });

  test('waits for the sending in progress when it is stopped, and sends no more', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    let ended = false;
    const sending = resend(
      async () => {
        stop.abort(reason);
        await new Promise((resolve) => setImmediate(resolve));
        ended = true;
        throw busy();
      },
      POLICY,
      stop.signal,
      () => {},
    );
    await expect(sending).rejects.toBe(reason);
    expect(ended).toBe(true);
  });
});
