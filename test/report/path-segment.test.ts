import { expect, test } from 'vitest';
import { fromSegment, toSegment } from '../../src/report/path-segment.js';

const IDS = ['7', '.', '..', '...', '~', '~.', '~..', '~~', '~~..', '~7', '../x', '%2e%2e', 'a/b', '.~', ' '];

test.each(IDS)('the id %j comes back from a path', (id) => {
  const { pathname } = new URL(`http://localhost/records/${encodeURIComponent(toSegment(id))}`);
  const [, , segment = '', ...more] = pathname.split('/');
  expect(more).toEqual([]);
  expect(fromSegment(decodeURIComponent(segment))).toBe(id);
});

test('no two ids have the same segment, and ordinary ones stay as they are', () => {
  expect(new Set(IDS.map(toSegment)).size).toBe(IDS.length);
  expect(['7', '~7', '...', 'a.b'].map(toSegment)).toEqual(['7', '~7', '...', 'a.b']);
});
