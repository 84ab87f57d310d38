import { describe, expect, test } from 'vitest';
import { isRawJson, parseLossless } from '../../src/dataset/lossless-json.js';

describe('parseLossless', () => {
  test.each(['4.0', '1e5', '1E+2', '-0', '12345678901234567890', '0.10', '1e400', '[1,2.50,{"a":-0.0}]'])(
    'writes %s back as it was spelled',
    (text) => {
      expect(JSON.stringify(parseLossless(text))).toBe(text);
    },
  );

  test('leaves numbers that JavaScript prints the same way as numbers', () => {
    expect(parseLossless('{"a":3.5,"b":-7,"c":"4.0"}')).toEqual({ a: 3.5, b: -7, c: '4.0' });
    expect(isRawJson(parseLossless('3.5'))).toBe(false);
    expect(isRawJson(parseLossless('3.50'))).toBe(true);
  });

  test('keeps a __proto__ key as an own property and lets it change nothing', () => {
    const value = parseLossless('{"__proto__":{"polluted":1.0},"a":1}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
    expect(value.polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":1.0},"a":1}');
  });

  test('throws a SyntaxError for text that is not JSON', () => {
    expect(() => parseLossless('{')).toThrow(SyntaxError);
  });
});
