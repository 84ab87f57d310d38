import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src/web/api/api-types.js';
import { fileName } from '../../../src/web/api/download.js';
import { formatBytes } from '../../../src/web/wording/format-bytes.js';
import { describeProgress } from '../../../src/web/wording/progress-text.js';
import { formatWhen } from '../../../src/web/wording/when.js';

describe('bytes', () => {
  it.each([
    { bytes: 0, text: '0 bytes' },
    { bytes: 999, text: '999 bytes' },
    { bytes: 1000, text: '1 KB' },
    { bytes: 22_773_992, text: '22.8 MB' },
    { bytes: 999_950, text: '1 MB' },
    { bytes: 5e12, text: '5000 GB' },
  ])('$bytes are $text', ({ bytes, text }) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('a time', () => {
  const now = new Date('2026-11-26T15:00:00Z');

  it.each([
    { iso: '2026-11-26T09:05:00Z', text: 'today, 09:05' },
    { iso: '2026-11-25T23:59:00Z', text: '25 Nov, 23:59' },
    { iso: '2025-03-01T12:00:00Z', text: '1 Mar 2025, 12:00' },
  ])('$iso is $text', ({ iso, text }) => {
    expect(formatWhen(iso, now, 'UTC')).toBe(text);
  });

  it('has its whole date where it is read another day', () => {
    expect(formatWhen('2026-11-26T09:05:00Z', undefined, 'UTC')).toBe('26 Nov 2026, 09:05');
  });
});

describe('progress', () => {
  const progress: Progress = {
    ...{ total: 1000, done: 120, perSecond: 3.234, leftMs: 275_000, underWay: 8 },
    ...{ promptTokens: 0, completionTokens: 0, costUsd: null, resent: 0, waiting: null },
  };

  it.each([
    { change: {}, text: '120 of 1,000, 3.2 a second, 4m 35s left' },
    { change: { leftMs: null, perSecond: 0 }, text: '120 of 1,000' },
    { change: { waiting: 'the server asks for a pause' }, text: '120 of 1,000, the server asks for a pause' },
  ])('is told as "$text"', ({ change, text }) => {
    expect(describeProgress({ ...progress, ...change })).toBe(text);
  });
});

describe('the name of a download', () => {
  it.each([
    { header: 'attachment; filename="a-refined.json"', name: 'a-refined.json' },
    { header: 'attachment; filename="a.json"; filename*=UTF-8\'\'%C3%A4.json', name: 'ä.json' },
    { header: "attachment; filename=a.json; filename*=UTF-8''%C3", name: 'a.json' },
    { header: 'attachment', name: undefined },
    { header: null, name: undefined },
  ])('of $header is $name', ({ header, name }) => {
    expect(fileName(header)).toBe(name);
  });
});
