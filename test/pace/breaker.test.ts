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

  test('tells whether anything was ever answered', () => {
    expect(play('xxx', 1).breaker.everAnswered).toBe(false);
    expect(play('xx.x', 1).breaker.everAnswered).toBe(true);
  });
});
