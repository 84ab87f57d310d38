import { describe, expect, test } from 'vitest';
import { NUMBER, readNumber } from '../../../src/checks/request/numbers.js';

describe('readNumber', () => {
  test.each([
    ['4', 4],
    ['1,850', 1850],
    ['four', 4],
    ['Twelve', 12],
    ['twenty', 20],
    ['twenty-five', 25],
    ['sixty one', 61],
    ['a hundred', 100],
    ['five hundred', 500],
    ['two thousand', 2000],
    ['a single', 1],
    ['dozen', 12],
    ['zero', null],
    ['many', null],
    ['few', null],
  ])('reads %j as %j', (text, value) => {
    expect(readNumber(text)).toBe(value);
    if (value !== null) expect(new RegExp(`^${NUMBER}$`, 'i').exec(text)?.[0]).toBe(text);
  });
});
