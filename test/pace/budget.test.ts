import { describe, expect, test } from 'vitest';
import { type Amount, Budget, BudgetSpent, type Reservation } from '../../src/pace/budget.js';

const never = new AbortController().signal;
const UNUSED = { tokens: 0, usd: 0 };
const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Waits for room, and sets it aside. */
async function reserve(budget: Budget, needed: Amount, signal: AbortSignal): Promise<Reservation> {
  await budget.room(needed, signal);
  const reservation = budget.take(needed);
  if (reservation === null) throw new Error('there was no room after all');
  return reservation;
}

const amount = (tokens: number, usd: number | null = 0) => ({ tokens, usd });

/** What a promise has come to by now. */
async function stateOf(promise: Promise<unknown>): Promise<'waiting' | 'resolved' | 'rejected'> {
  const state = promise.then(
    () => 'resolved' as const,
    () => 'rejected' as const,
  );
  await turn();
  return Promise.race([state, Promise.resolve('waiting' as const)]);
}

describe('Budget', () => {
  test('without limits lets everything pass', async () => {
    const budget = new Budget({ tokens: null, usd: null }, UNUSED);
    for (let count = 0; count < 100; count++) await reserve(budget, amount(1e9, null), never);
  });

  test.each([
    ['tokens', { tokens: 100, usd: null }, amount(60)],
    ['dollars', { tokens: null, usd: 1 }, amount(0, 0.6)],
  ])('counts what is reserved in %s as used until it is settled', async (_, limits, needed) => {
    const budget = new Budget(limits, UNUSED);
    const first = await reserve(budget, needed, never);
    const second = reserve(budget, needed, never);
    expect(await stateOf(second)).toBe('waiting');
    first.settle({ tokens: needed.tokens / 6, usd: (needed.usd ?? 0) / 6 });
    expect(await stateOf(second)).toBe('resolved');
  });

  test('is spent when nothing is under way any more and the next request does not fit', async () => {
    const budget = new Budget({ tokens: null, usd: 1 }, UNUSED);
    const first = await reserve(budget, amount(10, 0.6), never);
    const second = reserve(budget, amount(10, 0.6), never);
    const refused = expect(second).rejects.toMatchObject({
      needed: amount(10, 0.6),
      used: amount(9, 0.5),
      limits: { usd: 1 },
    });
    first.settle(amount(9, 0.5));
    await refused;
    await expect(reserve(budget, amount(10, 0.6), never)).rejects.toBeInstanceOf(BudgetSpent);
    await reserve(budget, amount(10, 0.5), never);
  });

  test('counts what was used before', async () => {
    const budget = new Budget({ tokens: 100, usd: null }, amount(41));
    await expect(reserve(budget, amount(60), never)).rejects.toBeInstanceOf(BudgetSpent);
    await reserve(budget, amount(59), never);
  });

  test('keeps the reservation of a request of which nobody knows what it used', async () => {
    const budget = new Budget({ tokens: 100, usd: null }, UNUSED);
    (await reserve(budget, amount(60), never)).settle(null);
    expect(budget.used).toEqual(amount(60));
    await expect(reserve(budget, amount(60), never)).rejects.toBeInstanceOf(BudgetSpent);
  });

  test('settles once', async () => {
    const budget = new Budget({ tokens: 100, usd: null }, UNUSED);
    const reservation = await reserve(budget, amount(60), never);
    reservation.settle(amount(10));
    reservation.settle(amount(90));
    expect(budget.used).toEqual(amount(10));
  });

  test('refuses an unknown price where dollars are limited', async () => {
    const budget = new Budget({ tokens: null, usd: 1000 }, UNUSED);
    await expect(reserve(budget, amount(1, null), never)).rejects.toBeInstanceOf(BudgetSpent);
  });

  test('keeps no request back for the error of floating-point sums', async () => {
    const budget = new Budget({ tokens: null, usd: 0.3 }, UNUSED);
    (await reserve(budget, amount(0, 0.1), never)).settle(amount(0, 0.1));
    (await reserve(budget, amount(0, 0.2), never)).settle(amount(0, 0.2));
    expect(budget.used.usd).toBeGreaterThan(0.3);
    const exact = new Budget({ tokens: null, usd: 0.3 }, amount(0, 0.1 + 0.1));
    await reserve(exact, amount(0, 0.1), never);
  });

  test('ends its waiting with the reason of the signal', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const budget = new Budget({ tokens: 100, usd: null }, UNUSED);
    await reserve(budget, amount(60), never);
    const waiting = reserve(budget, amount(60), stop.signal);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(reserve(budget, amount(1), stop.signal)).rejects.toBe(reason);
  });

  test('never lets what is used and reserved pass the limit, whatever the answers turn out to use', async () => {
    const budget = new Budget({ tokens: 1000, usd: null }, UNUSED);
    let reserved = 0;
    let most = 0;
    const worker = async (seed: number): Promise<void> => {
      for (let count = 1; ; count++) {
        const needed = 50 + ((seed * 37 + count * 11) % 50);
        const reservation = await reserve(budget, amount(needed), never);
        reserved += needed;
        most = Math.max(most, reserved + budget.used.tokens);
        await turn();
        reserved -= needed;
        reservation.settle(amount((needed * ((seed + count) % 5)) / 4));
      }
    };
    const workers = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(worker));
    expect(workers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(most).toBeLessThanOrEqual(1000);
    expect(budget.used.tokens).toBeGreaterThan(900);
  });
});
