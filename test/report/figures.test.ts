import { describe, expect, test } from 'vitest';
import {
  formatCompact,
  formatCount,
  formatDuration,
  formatNumberOf,
  formatShare,
  formatUsd,
} from '../../src/report/figures.js';

describe('figures', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [52_002, '52,002'],
    [1_234_567, '1,234,567'],
  ])('count %d as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  test.each([
    [0, '0'],
    [999, '999'],
    [12_345, '12.3K'],
    [4_560_000, '4.56M'],
  ])('count %d in little room as %s', (count, text) => {
    expect(formatCompact(count)).toBe(text);
  });

  test.each([
    [0, '0 examples'],
    [1, '1 example'],
    [2, '2 examples'],
    [1000, '1,000 examples'],
  ])('name %d as %s', (count, text) => {
    expect(formatNumberOf(count, 'example')).toBe(text);
  });

  test.each([
    [null, 'unknown'],
    [0, '$0.00'],
    [0.0042, '$0.0042'],
    [0.000_004_2, 'under $0.0001'],
    [0.000_12, '$0.00012'],
    [0.999, '$1.00'],
    [0.123_456, '$0.12'],
    [1, '$1.00'],
    [1.234, '$1.23'],
    [1234.5, '$1234.50'],
  ])('cost %d as %s', (usd, text) => {
    expect(formatUsd(usd)).toBe(text);
  });

  test.each([
    [0, '0.0s'],
    [420, '0.4s'],
    [9_440, '9.4s'],
    [9_600, '10s'],
    [42_000, '42s'],
    [59_600, '1m 00s'],
    [185_000, '3m 05s'],
    [3_599_000, '59m 59s'],
    [3_600_000, '1h 00m'],
    [7_830_000, '2h 10m'],
    [360_000_000, '100h 00m'],
  ])('time %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  test.each([
    [0, '0 %'],
    [0.374, '37 %'],
    [1, '100 %'],
  ])('share %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });
});
