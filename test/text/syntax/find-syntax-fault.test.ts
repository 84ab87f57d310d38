import { describe, expect, test } from 'vitest';
import { findSyntaxFault, type ParsedLanguage } from '../../../src/text/syntax/find-syntax-fault.js';

const SOUND: Readonly<Record<ParsedLanguage, readonly string[]>> = {
  JSON: [
    '{"a": 1}',
    '[]',
    '"a"',
    '{"a": 1}\n{"a": 2}\n',
    '{\n"a": 1\n}\n\n{\n"a": 2\n}',
    '"a": 1,\n"b": [2]',
    '"a": {"b": 2},',
  ],
  YAML: [
    'a: 1\nb:\n  - c\n  - d: e\n',
    'a: 1\n---\nb: 2\n',
    'key: |\n  text: more\n',
    'a: 1\na: 2',
    'name: {{ chart }}\nvalues: {{- range }}',
    'path: <%= home %>: x',
    'on: !custom x',
  ],
  JavaScript: [
    'let a = 1;',
    "import fs from 'node:fs';\nexport const a = await fs;",
    'return 4;',
    '#!/usr/bin/env node\nlet a;',
    'with (a) { b }',
    '{ a: 1, b: [2] }',
    '{ "a": 1, "b": 2 },',
    'greet() { return 1; }\nleave() {}',
    'a: 1,\nb() {}',
    'const el = <div className="a">{b}</div>;',
    'return (\n  <>\n    <Tide />\n  </>\n);',
    'interface A { b: string }',
    'function f(a: number, b: string[]): void {}',
    'const a = b as Tide;',
    'type A = { b: 1 } | C;',
    '@Component({})\nclass A {}',
    'let a = {{ value }};',
    '> 1 + 1\n2 apples',
    'f(...args, [...b], {...c});',
  ],
  Python: [
    'def f(x):\n    return x\n',
    '    x = 1\n    print(x)\n',
    '    if a:\n        b = 1\n    else:\n        b = 2\n',
    '\tfor a in b:\n\t\tprint(a)',
    'def f():\n    ...\n',
    'def f():\n    yield\n',
    'x = (yield)\ny = [24.*3, 4.]\nz = f(1.)\n',
    'print "a"\nx = 1',
    'try:\n    f()\nexcept E, e:\n    pass',
    '>>> f(1)\n1 apple',
    '$ python f.py\nhello there',
    'In [1]: f(x)\nOut 3',
    '%matplotlib inline\n!pip install x\nimport x',
    'x = 1\r\nif x:\r\n    y = 2\r\n',
    'if x:\n\u00a0\u00a0\u00a0\u00a0y = 1',
    'match a:\n    case B(c=d):\n        pass',
    'async def f():\n    async with a as b:\n        return [x async for x in b if (y := x)]',
    'f"{a!r:>{b}} {c[\'d\']}"',
    '{% if a %}\nx = 1\n{% endif %}',
    'def f(x):\n    return x\n\nOutput: 4 apples',
    'def f(x): return x\n# Output\nResult is here',
  ],
  HTML: [
    '<p>a<p>b',
    '<ul><li>a<li>b</ul>',
    '<table><tr><td>a<td>b<tr><td>c</table>',
    '<!DOCTYPE html><html><head><title>a</title></head><body><br><img src="a"><input></body></html>',
    '<script>if (a < b) { c = "<div>"; }</script>',
    '<div/><span />',
    '<!-- <div> -->',
    '<p>2 < 3 & <unknown> <your name></p>',
    '<?php if ($a) { ?><div><?php } ?>',
    '<div className="a"><b>',
    '{% if a %}<div>{% else %}<div class="b">{% endif %}</div>',
    '<svg><path d="M0 0"/></svg>',
    '<template><p>a</p></template>',
  ],
};

describe.each(Object.entries(SOUND))('%s', (language, codes) => {
  test.each(codes)('has no fault in %j', (code) => {
    expect(findSyntaxFault(language as ParsedLanguage, code)).toBeNull();
  });
});

describe('a fault', () => {
  test.each([
    ['JSON', '{"a": 1', 'broken'],
    ['JSON', '{"a": 1,}', 'broken'],
    ['JSON', "{'a': 1}", 'broken'],
    ['JSON', '{"a": 1}\n{"a": }', 'broken'],
    ['JSON', '{"a": 1, // one\n"b": 2}', 'sketch'],
    ['JSON', '{"a": [1, 2, ...]}', 'sketch'],
    ['JSON', '{"a": <number>}', 'sketch'],
    ['YAML', 'a: [1, 2\nb: 3', 'broken'],
    ['YAML', 'a: b: c', 'broken'],
    ['YAML', 'a:\n\t- b', 'broken'],
    ['YAML', 'a: [1,\n...\n', 'sketch'],
    ['JavaScript', 'function f() {\n  return 1;\n', 'broken'],
    ['JavaScript', 'let a = (1;', 'broken'],
    ['JavaScript', 'const s = "a;\nlet b;', 'broken'],
    ['JavaScript', 'function f() {\n  ...\n}', 'sketch'],
    ['Python', 'def f(x:\n    return x\n', 'broken'],
    ['Python', 'def f(x):\nreturn x\n', 'broken'],
    ['Python', 'print("a)\nx = 1', 'broken'],
    ['Python', 'x = 1\nif x:\ny = 2\n', 'broken'],
    ['Python', 'while x:\n    # go on\n\nreturn x', 'elided'],
    ['Python', 'def f():\n    # to do\n', 'elided'],
    ['Python', 'x = <your key>\ny = 1', 'sketch'],
    ['HTML', '<div><p>a</p>', 'broken'],
    ['HTML', '<html><body><h1>a</h1></body>', 'broken'],
    ['HTML', '<table><tr><td>a</td>', 'broken'],
    ['HTML', '<ul><li><a href="b">c</li></ul>', 'broken'],
    ['HTML', '<p>a <script>let b = 1;', 'broken'],
  ] as const)('of %s in %j is %s', (language, code, kind) => {
    expect(findSyntaxFault(language, code)).toMatchObject({ kind });
  });

  test.each([
    ['JSON', '{"a": 1, "b" 2}', '2}'],
    ['YAML', 'a: 1\nb: [2\nc: 3', 'c: 3'],
    ['JavaScript', 'let a = 1;\nlet b = );', ');'],
    ['Python', 'x = 1\ny = = 2', '= 2'],
    ['Python', '    x = 1\n    y = = 2', '= 2'],
    ['HTML', '<p>a</p><div><b>c</b>', '<div>'],
  ] as const)('of %s in %j is shown where it is', (language, code, rest) => {
    const { offset = 0, message = '' } = findSyntaxFault(language, code) ?? {};
    expect(code.slice(offset)).toMatch(new RegExp(`^${rest.replace(/[\]()[$]/g, '\\$&')}`));
    expect(message).toMatch(/^[A-Z].*[^.]$/);
  });

  test('names the element that is left open', () => {
    expect(findSyntaxFault('HTML', '<section><b>a</b>')?.message).toBe(
      'The element <section> is never closed',
    );
  });

  test.each(['(', '[', '{', '<div>', '- [', 'def f(', '"'])(
    'is not looked for in long or endless %j',
    { tags: 'stress', timeout: 120_000 },
    (piece) => {
      for (const language of ['JSON', 'YAML', 'JavaScript', 'Python', 'HTML'] as const) {
        expect(findSyntaxFault(language, piece.repeat(60_000))).toBeNull();
        const short = findSyntaxFault(language, piece.repeat(2_000));
        expect(short === null || short.message !== '').toBe(true);
      }
    },
  );
});
