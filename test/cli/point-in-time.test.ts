import { describe, expect, test } from 'vitest';
import { pointInTime } from '../../src/cli/point-in-time.js';

const NOW = new Date('2026-10-03T12:00:00Z');

describe('a point in time', () => {
  test.each([
    ['90s', '2026-10-03T11:58:30Z'],
    ['30m', '2026-10-03T11:30:00Z'],
    ['2h', '2026-10-03T10:00:00Z'],
    ['1.5h', '2026-10-03T10:30:00Z'],
    ['3d', '2026-09-30T12:00:00Z'],
    ['1w', '2026-09-26T12:00:00Z'],
    ['0s', '2026-10-03T12:00:00Z'],
  ])('is a span before now: %s', (text, expected) => {
    expect(pointInTime(text, NOW)).toEqual(new Date(expected));
  });

  test.each([
    ['2026-10-03T08:05Z', '2026-10-03T08:05:00Z'],
    ['2026-10-03T08:05:06Z', '2026-10-03T08:05:06Z'],
    ['2026-10-03T08:05:06.789Z', '2026-10-03T08:05:06.789Z'],
    ['2026-10-03 08:05+02:00', '2026-10-03T06:05:00Z'],
    ['2024-02-29T23:59-11:30', '2024-03-01T11:29:00Z'],
  ])('with a zone is that of the zone: %s', (text, expected) => {
    expect(pointInTime(text, NOW)).toEqual(new Date(expected));
  });

  test.each([
    ['2026-10-03', new Date(2026, 9, 3)],
    ['2026-10-03T08:05', new Date(2026, 9, 3, 8, 5)],
    ['2026-01-31 08:05:06', new Date(2026, 0, 31, 8, 5, 6)],
  ])('without a zone is that of the local clock: %s', (text, expected) => {
    expect(pointInTime(text, NOW)).toEqual(expected);
  });

  test.each([
    ...['', ' ', 'yesterday', '2', 'h', '-2h', '2 h', '2y', '1h30m', '2H', '9999999d', '1.h'],
    ...['2026-10', '2026-13-01', '2026-02-30', '2025-02-29', '2026-10-03T', '2026-10-03T25:00'],
    ...[
      '2026-10-03T08:60',
      '2026-10-03T08',
      '2026-10-03Z',
      '03.10.2026',
      'x2026-10-03',
      '2026-10-03T08:05+02',
    ],
  ])('is not: %j', (text) => {
    expect(() => pointInTime(text, NOW)).toThrow(/2026-10-03T14:00.*3d/);
  });

  test('needs no time for a long text that is none', () => {
    for (const text of ['1'.repeat(1_000_000), '2026-10-03T08:05:06.'.padEnd(1_000_000, '7')]) {
      expect(() => pointInTime(text, NOW)).toThrow('Expected a time');
    }
  });
});
