import { describe, expect, test } from 'vitest';
import { recogniseLanguage } from '../../src/text/code-language.js';

const told = (code: string, label = '') =>
  recogniseLanguage({ label, code, start: 0, end: code.length, isFenced: label !== '', isClosed: true });

describe('recogniseLanguage', () => {
  test.each([
    ['json', 'JSON'],
    ['yml', 'YAML'],
    ['js', 'JavaScript'],
    ['py', 'Python'],
    ['{.python}', 'Python'],
    ['html', 'HTML'],
    ['tsx', null],
    ['jsonc', null],
    ['c', null],
    ['constructor', null],
  ])('believes the label %s', (label, language) => {
    expect(told('x', label)).toBe(language);
  });

  test.each([
    ['{\n  "tide": 4\n}', 'JSON'],
    ['[{ "tide": 4 }]', 'JSON'],
    ['<table>\n<tr><td>4</td></tr>\n</table>', 'HTML'],
    ['<!DOCTYPE html>\n<html></html>', 'HTML'],
    ['def tide(h):\n    return h', 'Python'],
    ['import math\n\nprint(math.pi)', 'Python'],
    ['for h in heights:\n    print(h)', 'Python'],
    ['function tide(h) {\n  return h;\n}', 'JavaScript'],
    ["const h = 4;\nconsole.log('tide');", 'JavaScript'],
    ['document.title = "Tide";\nlet h = 4;', 'JavaScript'],
  ])('tells the language of %j', (code, language) => {
    expect(told(code)).toBe(language);
  });

  test.each([
    'int tide(int h) {\n  return h;\n}',
    'double tide = 4;\nconst int h = 3;\nlet x = 4;',
    'def tide(h: Int): Int =\n    h * 2',
    'def tide(h)\n  h * 2\nend',
    'fn tide(h: i32) -> i32 {\n    let x = h;\n    x\n}',
    'public class Tide {\n  function x() { }\n}',
    '<?php\n$h = 4;\nfunction tide($h) { return $h; }',
    '$h = 4;\nfunction tide($h) {\n  return $h;\n}',
    'SELECT h\nFROM tides;',
    'tide = 4\nprint(tide)',
    '// function\ndef tide(h):\n  return h',
  ])('leaves %j alone', (code) => {
    expect(told(code)).toBeNull();
  });
});
