import { expect, test } from 'vitest';
import { RowIds } from '../../src/dataset/row-ids.js';

test('a row goes by its own id, else by its number', () => {
  const ids = new RowIds();
  expect([ids.claim(0, undefined), ids.claim(1, 'x'), ids.claim(2, undefined)]).toEqual(['0', 'x', '2']);
});

test.each<[string, (string | undefined)[], number]>([
  ['two own ids', ['a', 'b', 'a'], 2],
  ['an own id that is the number of an earlier row', [undefined, undefined, '1'], 2],
  ['a number that is the own id of an earlier row', ['1', undefined], 1],
  ['a number before a gap', [undefined, 'a', undefined, 'b', undefined, '2'], 5],
])('%s clash', (_title, own, clash) => {
  const ids = new RowIds();
  expect(own.map((id, row) => ids.claim(row, id) === undefined)).toEqual(own.map((_, row) => row === clash));
});

test.each(['01', '1.0', '-1', '3', '99'])('the id %s is no number of an earlier row', (id) => {
  const ids = new RowIds();
  for (const row of [0, 1, 2]) ids.claim(row, undefined);
  expect(ids.claim(3, id)).toBe(id);
});

test('finds the clashes that a plain set of ids finds', () => {
  const ids = new RowIds();
  const plain = new Set<string>();
  for (let row = 0; row < 3000; row += 1) {
    const own = (row * 7919) % 5 < 2 ? String((row * 31) % 2500) : undefined;
    const id = own ?? String(row);
    const clash = plain.has(id);
    expect(ids.claim(row, own)).toBe(clash ? undefined : id);
    if (!clash) plain.add(id);
  }
});
