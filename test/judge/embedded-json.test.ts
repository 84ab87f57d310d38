import { describe, expect, test } from 'vitest';
import { jsonObjectsIn } from '../../src/judge/embedded-json.js';

describe('objects are found', () => {
  test.each<[string, string, unknown[]]>([
    ['bare', '{"a": 1}', [{ a: 1 }]],
    ['with prose around', 'Here it is: {"a": 1}. I hope it helps!', [{ a: 1 }]],
    ['in a code block', '```json\n{"a": [1, 2]}\n```', [{ a: [1, 2] }]],
    ['several, in order', '{"a": 1}\n{"b": 2}', [{ a: 1 }, { b: 2 }]],
    ['with others within', '{"a": {"b": {}}}', [{ a: { b: {} } }]],
    ['with braces in strings', '{"a": "}{", "b": "\\"}"}', [{ a: '}{', b: '"}' }]],
    ['behind a brace that means nothing', 'The set {x: x > 0} and {"a": 1}', [{ a: 1 }]],
    ['behind a brace that is never closed', 'Braces { open. {"a": 1}', [{ a: 1 }]],
    ['with line breaks in strings', '{"a": "one\ntwo\tthree"}', [{ a: 'one\ntwo\tthree' }]],
    [
      'with commas after the last items',
      '{"a": [1, 2,], "b": {"c": 3 , } ,\n}',
      [{ a: [1, 2], b: { c: 3 } }],
    ],
    ['with commas in strings that stay', '{"a": "x, ]", "b": ",}"}', [{ a: 'x, ]', b: ',}' }]],
    ['with backslashes at the ends of strings', '{"a": "\\\\", "b": "}"}', [{ a: '\\', b: '}' }]],
  ])('%s', (_, text, objects) => {
    expect(jsonObjectsIn(text)).toEqual(objects);
  });
});

describe('nothing is found', () => {
  test.each([
    ['where there is no brace', 'All is well.'],
    ['in nothing', ''],
    ['in an object that was cut off', '{"a": [1, 2'],
    ['in an object cut off within a string', '{"a": "one'],
    ['in what is no JSON', '{a = 1}'],
    ['in a list', '[1, 2]'],
    ['behind very many braces', `${'{'.repeat(1000)} {"a": 1}`],
  ])('%s', (_, text) => {
    expect(jsonObjectsIn(text)).toEqual([]);
  });
});

test('hundreds of kilobytes of anything are got through', () => {
  for (const piece of ['{', '}', '"', '{"', '{"a":', '{"a":{},', ',', ', ', '{,', '\\', '{"\n', '[']) {
    const text = piece.repeat(300_000 / piece.length);
    expect(Array.isArray(jsonObjectsIn(text))).toBe(true);
    expect(Array.isArray(jsonObjectsIn(`{"a": "${text}`))).toBe(true);
  }
});
