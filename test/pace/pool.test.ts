import { describe, expect, test } from 'vitest';
import { runPool } from '../../src/pace/pool.js';

const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Work that waits until it is told to end. */
function gates() {
  const waiting = new Map<number, () => void>();
  const begun: number[] = [];
  return {
    begun,
    work: (item: number): Promise<void> => {
      begun.push(item);
      return new Promise((resolve) => waiting.set(item, resolve));
    },
    end: async (item: number): Promise<void> => {
      waiting.get(item)?.();
      waiting.delete(item);
      await turn();
    },
    waiting: () => [...waiting.keys()],
  };
}

describe('runPool', () => {
  test.each([
    [1, 7],
    [3, 7],
    [7, 7],
    [50, 7],
    [4, 0],
  ])(
    'with %i workers does each of %i items once, in order, and never more at once',
    async (workers, count) => {
      const items = Array.from({ length: count }, (_, item) => item);
      const begun: number[] = [];
      let now = 0;
      let most = 0;
      await runPool(items, workers, never, async (item) => {
        begun.push(item);
        most = Math.max(most, ++now);
        await turn();
        now--;
      });
      expect(begun).toEqual(items);
      expect(most).toBe(Math.min(workers, count));
      expect(now).toBe(0);
    },
  );

  test('lets a slow item hold up nobody', async () => {
    const { begun, work, end } = gates();
    const pool = runPool([0, 1, 2, 3, 4], 2, never, work);
    for (const item of [1, 2, 3]) await end(item);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    await end(4);
    await end(0);
    await pool;
  });

  test('begins nothing more when it is stopped, and waits for what was begun', async () => {
    const stop = new AbortController();
    const { begun, work, end, waiting } = gates();
    let over = false;
    const pool = runPool([0, 1, 2, 3], 2, stop.signal, work).then(() => {
      over = true;
    });
    await end(0);
    stop.abort();
    await end(1);
    expect(begun).toEqual([0, 1, 2]);
    expect(waiting()).toEqual([2]);
    expect(over).toBe(false);
    await end(2);
    await pool;
    expect(begun).toEqual([0, 1, 2]);
  });

  test('begins nothing at all when it was stopped before', async () => {
    const { begun, work } = gates();
    await runPool([0, 1], 2, AbortSignal.abort(), work);
    expect(begun).toEqual([]);
  });

  test('takes items from a source only as they are needed', async () => {
    let taken = 0;
    const source = (function* () {
      while (taken < 1000) yield taken++;
    })();
    const stop = new AbortController();
    await runPool(source, 3, stop.signal, async (item) => {
      if (item === 9) stop.abort();
    });
    expect(taken).toBeLessThanOrEqual(13);
  });

  test('passes on what work throws', async () => {
    const failing = runPool([0, 1], 1, never, () => Promise.reject(new RangeError('a bug')));
    await expect(failing).rejects.toThrow('a bug');
  });
});
