import { describe, expect, test } from 'vitest';
import { BurnishError, EnvironmentError, shorten, UserError } from '../src/errors.js';

describe('errors', () => {
  test.each([UserError, EnvironmentError])(
    'carry code, facts and cause, and a name of their own (%o)',
    (Kind) => {
      const cause = new Error('below');
      const error = new Kind('dataset', 'Bad.', { found: 'x', where: 'a.json' }, { cause });
      expect(error).toBeInstanceOf(BurnishError);
      expect(error).toMatchObject({ name: Kind.name, code: 'dataset', message: 'Bad.', cause });
      expect(error.facts).toEqual({ found: 'x', where: 'a.json' });
      expect(new Kind('usage', 'Bad.').facts).toEqual({});
    },
  );
});

describe('shorten', () => {
  test.each([
    ['text', '"text"'],
    ['two\nlines\t\u001b', '"two\\nlines\\t\\u001b"'],
    [['a', 1], '["a",1]'],
    [null, 'null'],
    [undefined, 'undefined'],
    [7, '7'],
  ])('quotes %j on one line', (value, quoted) => {
    expect(shorten(value)).toBe(quoted);
  });

  test.each([
    [8, 10, '"xxxxxxxx"'],
    [9, 10, '"xxxxxxxx…'],
    [500, 10, '"xxxxxxxx…'],
  ])('cuts %i characters to a quote of at most %i', (length, limit, quoted) => {
    expect(shorten('x'.repeat(length), limit)).toBe(quoted);
  });

  test('cuts to 80 characters unless told otherwise', () => {
    expect(shorten('x'.repeat(100))).toHaveLength(80);
  });
});
