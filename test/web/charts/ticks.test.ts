import { describe, expect, it } from 'vitest';
import { axisTicks } from '../../../src/web/charts/ticks.js';

describe('the marks of an axis', () => {
  it.each([
    { most: 100, steps: 4, ticks: [0, 25, 50, 75, 100] },
    { most: 87, steps: 4, ticks: [0, 25, 50, 75, 100] },
    { most: 9, steps: 4, ticks: [0, 2.5, 5, 7.5, 10] },
    { most: 1234, steps: 4, ticks: [0, 500, 1000, 1500] },
    { most: 0.0031, steps: 4, ticks: [0, 0.001, 0.002, 0.003, 0.004] },
    { most: 0.3, steps: 3, ticks: [0, 0.1, 0.2, 0.3] },
  ])('are round numbers that reach $most', ({ most, steps, ticks }) => {
    expect(axisTicks(most, steps)).toEqual(ticks);
  });

  it.each([
    { most: 1, ticks: [0, 1] },
    { most: 3, ticks: [0, 1, 2, 3] },
    { most: 9, ticks: [0, 5, 10] },
    { most: 20, ticks: [0, 5, 10, 15, 20] },
  ])('are whole for counts up to $most', ({ most, ticks }) => {
    expect(axisTicks(most, 4, true)).toEqual(ticks);
  });

  it.each([0, -1, Number.NaN])('are 0 and 1 where nothing was counted (%s)', (most) => {
    expect(axisTicks(most, 4)).toEqual([0, 1]);
  });
});
