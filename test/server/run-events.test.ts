import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Calls, Desk, OpenRun, Progress } from '../../src/server/parts.js';
import { RunEvents } from '../../src/server/run-events.js';
import type { RunSummary } from '../../src/server/run-summaries.js';
import { parseEvent, STATE } from './events.js';

const PROGRESS: Progress = {
  ...{ total: 9, done: 4, perSecond: 1, leftMs: null, underWay: 2, promptTokens: 0, completionTokens: 0 },
  ...{ costUsd: null, resent: 0, waiting: null },
};

/** The events of one run whose parts do nothing by themselves. */
function setUp() {
  const run = {
    dir: '/runs/r',
    refresh: vi.fn(async () => {}),
    forget: vi.fn(),
    tell: (_ids: readonly string[]): void => {},
  };
  const open = {
    ...{ dir: run.dir, refresh: run.refresh },
    onChange: (listener: typeof run.tell) => {
      run.tell = listener;
      return run.forget;
    },
  } as unknown as OpenRun;
  const calls = { tell: (_dir: string, _change: 'progress' | 'state'): void => {}, forget: vi.fn() };
  const stands: { state: RunSummary['state'] } = { state: 'running' };
  const events = new RunEvents({
    desk: { open: async () => open } as unknown as Desk,
    calls: {
      onChange: (listener: typeof calls.tell) => {
        calls.tell = listener;
        return calls.forget;
      },
      state: () => ({ call: 'running', progress: PROGRESS, failure: null }),
    } as unknown as Calls,
    summarise: async () => ({ ...STATE, ...stands }),
    onFault: (error) => {
      throw error;
    },
  });
  /** Listens; gives what came so far. */
  const listen = async () => {
    const seen: { name: string; data: unknown }[] = [];
    const hub = await events.of('r');
    const take = (frame: Uint8Array): void => {
      const event = parseEvent(new TextDecoder().decode(frame));
      if (event !== null) seen.push({ name: event.name, data: event.data });
    };
    const stop = hub.listen(take, undefined, STATE);
    seen.length = 0;
    return { hub, seen, stop };
  };
  return { events, run, calls, stands, listen };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the events of a run', () => {
  test('tell records that changed together, each once', async () => {
    const { run, listen } = setUp();
    const { seen } = await listen();
    run.tell(['1', '2']);
    run.tell(['2', '3']);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(seen).toEqual([{ name: 'records', data: { ids: ['1', '2', '3'] } }]);
  });

  test.each([
    [2000, 'records'],
    [2001, 'reset'],
  ])('tell of %i records at once by %s', async (count, name) => {
    const { run, listen } = setUp();
    const { seen } = await listen();
    run.tell(Array.from({ length: count }, (_, id) => String(id)));
    await vi.advanceTimersByTimeAsync(300);
    expect(seen.map((event) => event.name)).toEqual([name]);
  });

  test('tell when another process begins or ends, which no call of this one says', async () => {
    const { stands, listen } = setUp();
    const { seen } = await listen();
    await vi.advanceTimersByTimeAsync(3000);
    expect(seen).toEqual([]);
    stands.state = 'elsewhere';
    await vi.advanceTimersByTimeAsync(3000);
    expect(seen).toMatchObject([{ name: 'state', data: { state: 'elsewhere' } }]);
  });

  test('tell how far a call is, and take in what it has saved', async () => {
    const { run, calls, listen } = setUp();
    const { seen } = await listen();
    run.refresh.mockClear();
    calls.tell('/runs/other', 'progress');
    calls.tell('/runs/r', 'progress');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual([{ name: 'progress', data: PROGRESS }]);
    expect(run.refresh).toHaveBeenCalledTimes(1);
  });

  test('tell the state after the records that led to it', async () => {
    const { run, calls, stands, listen } = setUp();
    const { seen } = await listen();
    run.tell(['1']);
    stands.state = 'finished';
    calls.tell('/runs/r', 'state');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.map(({ name }) => name)).toEqual(['records', 'state']);
  });

  test('are kept for a minute after the last listener has left, and the run is let go of then', async () => {
    const { run, listen } = setUp();
    const { hub, stop } = await listen();
    await vi.advanceTimersByTimeAsync(120_000);
    stop();
    await vi.advanceTimersByTimeAsync(50_000);
    const again = await listen();
    expect(again.hub).toBe(hub);
    again.stop();
    await vi.advanceTimersByTimeAsync(70_000);
    expect(run.forget).toHaveBeenCalledTimes(1);
    expect((await listen()).hub).not.toBe(hub);
  });

  test('look at no files while nobody listens, and at none once closed', async () => {
    const { events, run, calls, listen } = setUp();
    const { stop } = await listen();
    stop();
    run.refresh.mockClear();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(run.refresh).not.toHaveBeenCalled();
    await listen();
    await events.close();
    expect([calls.forget.mock.calls.length, run.forget.mock.calls.length]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(run.refresh).not.toHaveBeenCalled();
  });
});
