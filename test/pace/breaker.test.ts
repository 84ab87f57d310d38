import { describe, expect, test } from 'vitest';
import { Breaker } from '../../src/pace/breaker.js';

/** One outcome after another: `x` failed, `.` was answered, each so many milliseconds after the one before. */
function play(outcomes: string, gapMs: number): { trippedAt: number | null; breaker: Breaker } {
  let nowMs = 0;
  const breaker = new Breaker(() => nowMs);
  for (const [index, outcome] of [...outcomes].entries()) {
    if (breaker.note(outcome === 'x')) return { trippedAt: index, breaker };
    nowMs += gapMs;
  }
  return { trippedAt: null, breaker };
}

describe('Breaker', () => {
  test('stops within seconds when nothing is ever answered', () => {
    expect(play('x'.repeat(100), 500).trippedAt).toBe(12);
  });

  test('has more patience with a server that has answered before', () => {
    expect(play(`.${'x'.repeat(100)}`, 500).trippedAt).toBeGreaterThan(25);
    expect(play(`.${'x'.repeat(100)}`, 500).trippedAt).toBeLessThan(60);
  });

  test('needs more than a few failures, however far apart', () => {
    expect(play('xxxx', 60_000).trippedAt).toBeNull();
    expect(play('xxxxx', 60_000).trippedAt).toBe(4);
  });

  test('does not take a burst of failures at one moment for an outage', () => {
    expect(play('x'.repeat(1000), 0).trippedAt).toBeNull();
  });

  test.each([
    ['three of ten fail', 'xxx.......'.repeat(50)],
    ['every second one fails', 'x.'.repeat(200)],
    ['nine of ten fail', '.xxxxxxxxx'.repeat(50)],
  ])('lets a run go on while %s', (_, outcomes) => {
    expect(play(outcomes, 1_000).trippedAt).toBeNull();
  });

  test('stops when a rare answer comes among nothing but failures', () => {
    expect(play(`${'x'.repeat(60)}.`.repeat(10), 1_000).trippedAt).not.toBeNull();
    expect(play(`${'.'.repeat(40)}${'x'.repeat(39)}.${'x'.repeat(100)}`, 1_000).trippedAt).not.toBeNull();
  });

  test('forgets failures once answers come again', () => {
    const blip = `${'.'.repeat(40)}${'x'.repeat(20)}`;
    expect(play(blip.repeat(10), 500).trippedAt).toBeNull();
  });

  test('counts a request that was given up from when it was sent', () => {
    let nowMs = 100_000;
    const breaker = new Breaker(() => nowMs);
    for (let answers = 0; answers < 10; answers++) breaker.note(false);
    nowMs += 60_000;
    const tripped = Array.from({ length: 40 }, () => breaker.note(true, 60_000));
    expect(tripped.indexOf(true)).toBeGreaterThan(0);
  });

  test('does not take one answer in twenty for an end of the outage', () => {
    const rare = `${'x'.repeat(19)}.`;
    expect(play(`.${rare.repeat(20)}`, 200).trippedAt).not.toBeNull();
  });

  test('tells whether it is failing, and when the next outcome comes', async () => {
    const { breaker } = play('xxxxx', 0);
    expect(breaker.isFailing).toBe(true);
    let woken = 0;
    const waiting = [1, 2].map(() => breaker.nextOutcome(new AbortController().signal).then(() => woken++));
    await Promise.resolve();
    expect(woken).toBe(0);
    breaker.note(false);
    await Promise.all(waiting);
    expect(breaker.isFailing).toBe(false);
    await breaker.nextOutcome(AbortSignal.abort());
  });
});
