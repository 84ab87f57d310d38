import { describe, expect, test } from 'vitest';
import { findIn } from './find.js';
import type { Case } from './subject.js';

const findings = (given: Case) => findIn('code_broken', { format: 'plain', ...given });

const PYTHON = `def mean(values):
    """The mean of some numbers."""
    if not values:
        return None
    return sum(values) / len(values)

print(mean([1, 2, 3]))`;
const C = `#include <stdio.h>

int main() {
  int depth = 4;
  printf("%d", depth);
  return 0;
}`;
const HTML = `<html>
<body>
  <h1>Tides</h1>
  <table>
    <tr><td>High</td><td>06:10</td></tr>
  </table>
</body>
</html>`;
const JSON_TEXT = `{
  "name": "Tide table",
  "heights": [3.5, 0.4],
  "unit": "m"
}`;
const ADVICE = `To improve the program, the following can be done:

- Add comments that explain each step.
- Handle an empty list, and check the types.
- Use a class to keep the data together.

This makes it more robust and easier to read.`;

const fenced = (code: string, label = '') =>
  `Here is the program:\n\n\`\`\`${label}\n${code}\n\`\`\`\n\nIt prints 2.`;

describe('code_broken, code gone', () => {
  test.each([
    ['advice', ADVICE],
    [
      'a description in quotes',
      '"""\nThis script finds the mean:\n\n- It sums up the values.\n- It divides them.\n"""',
    ],
    ['a remark', 'The program is correct and could be used as it is.'],
    ['prose with names between backticks', 'Call `mean` with the `values`, then `print` what comes.'],
  ])('fails a program that became %s', (_, raw) => {
    const instruction = 'Write a function that finds the mean of some numbers.';
    expect(findings({ instruction, response: PYTHON, raw })).toMatchObject([
      { severity: 'fail', message: expect.stringMatching(/6 lines of code .* are gone/), start: null },
    ]);
  });

  test.each([
    ['Write a C++ library for tides.', C],
    ['Design a web page with a tide table.', HTML],
    ['Generate a valid JSON schema for a tide table.', `${JSON_TEXT}\n{\n  "a": 1\n}`],
    ['Implement an algorithm for the mean.', PYTHON],
    [
      'Write a query for all the high tides.',
      'SELECT *\nFROM tides\nWHERE height > 3\nORDER BY height DESC\nLIMIT 10;',
    ],
    ['Write a function for the mean.', fenced(PYTHON, 'python')],
  ])('fails for %j', (instruction, response) => {
    expect(findings({ instruction, response, raw: ADVICE })).toMatchObject([{ severity: 'fail' }]);
  });

  test('flags where a line or two is gone, or where the instruction does not ask for code', () => {
    const query = 'SELECT * FROM tides WHERE height > 3;';
    const line = findings({
      instruction: 'Write an SQL query for high tides.',
      response: query,
      raw: ADVICE,
    });
    expect(line).toMatchObject([{ severity: 'flag' }]);
    const unasked = findings({ instruction: 'Find the mean of the list.', response: PYTHON, raw: ADVICE });
    expect(unasked).toMatchObject([{ severity: 'flag' }]);
  });

  test.each([
    ['pseudocode was asked for', 'Write pseudocode for the mean.', PYTHON],
    [
      'the code was by the way',
      'What is a mean?',
      `${'A mean is a sum that was divided.\n'.repeat(9)}\n${PYTHON}`,
    ],
  ])('notes it where %s', (_, instruction, response) => {
    expect(findings({ instruction, response, raw: ADVICE })).toMatchObject([{ severity: 'note' }]);
  });

  test.each([
    ['code without a fence', `This one is better:\n\n${PYTHON}\n\nIt handles an empty list.`],
    ['code in a fence', fenced(PYTHON, 'python')],
    ['another language', fenced(C, 'c')],
    ['a single line of code', 'The library has it already:\n\nprint(statistics.mean([1, 2, 3]))'],
    ['code between backticks', 'All that is needed is `statistics.mean([1, 2, 3])`.'],
  ])('lets %s stand for it', (_, raw) => {
    expect(findings({ instruction: 'Write code for the mean.', response: PYTHON, raw })).toEqual([]);
  });

  test.each([
    ['there was no code', 'Write a program of exercises.', 'Run on Monday. Swim on Friday.'],
    [
      'a poem stood in a fence',
      'Write a script.',
      '```\nThe tide comes in,\nthe tide goes out\nand so do I\nand all about\nand in\n```',
    ],
    [
      'the code answered a leaked task',
      'Write a code of conduct.',
      `Be kind to all.\n\n7. Instruction: Find a mean.\n\n${PYTHON}`,
    ],
    ['a line was an example', 'What does print do?', 'It prints. For example:\n\nprint(4)\n\nprints 4.'],
  ])('is silent where %s', (_, instruction, response) => {
    expect(findings({ instruction, response, raw: ADVICE })).toEqual([]);
  });
});

describe('code_broken, code that does not parse', () => {
  test.each([
    ['Python', 'python', PYTHON.replace('sum(values)', 'sum(values')],
    ['JavaScript', 'js', 'function mean(values) {\n  return sum(values;\n}'],
    ['YAML', 'yaml', 'tides:\n  - high: [1, 2\n  - low: 3'],
    ['HTML', 'html', HTML.slice(0, HTML.indexOf('</table>'))],
    ['JSON', 'json', JSON_TEXT.replace('],', ']')],
  ])('flags %s in a fence that says so', (language, label, code) => {
    const raw = fenced(code, label);
    const [finding, ...others] = findings({
      instruction: 'Show me.',
      response: 'See the harbour office.',
      raw,
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'flag' });
    expect(finding?.message).toMatch(
      new RegExp(`^The ${language} code does not parse: .+, in its line \\d+, ".*"\\.$`),
    );
    expect(code).toContain(raw.slice(finding?.start ?? 0, finding?.end ?? 0));
  });

  test.each([
    ['Python', PYTHON, PYTHON.replace('values):', 'values:'), 'flag'],
    ['HTML', HTML, HTML.replace('</table>', ''), 'flag'],
    ['JSON', JSON_TEXT, JSON_TEXT.replace('"unit": "m"\n}', '"unit": "m"'), 'fail'],
    ['JSON in a line', '[{"tide": "high"}]', '[{"tide": "hi', 'fail'],
    ['JSON that was cut off', JSON_TEXT, JSON_TEXT.slice(0, 50), 'fail'],
  ])('tells without a fence that %s did parse before', (_, response, raw, severity) => {
    expect(findings({ response, raw })).toMatchObject([{ severity }]);
  });

  test('shows the line', () => {
    const raw = fenced('x = 1\ny = (2\nz = = 3', 'python');
    const [finding] = findings({ raw });
    expect(raw.slice(finding?.start ?? 0, finding?.end ?? 0)).toBe('z = = 3');
    expect(finding?.message).toContain('line 3, "z = = 3"');
  });

  test('reports one piece of a language, and goes by all of them together', () => {
    const open = 'Begin:\n```html\n<html>\n<body>\n```\nand end:\n```html\n</body>\n</html>\n```';
    expect(findings({ raw: open })).toEqual([]);
    const twice = `${fenced('f(\nx', 'python')}\n${fenced('g(\nx', 'python')}`;
    expect(findings({ raw: twice })).toHaveLength(1);
  });

  test.each([
    [
      'a body that is but a comment',
      PYTHON,
      'def mean(values):\n    # the sum, divided\n\nprint(mean([]))',
      'flag',
    ],
    [
      'a body that is but a comment, in a new example',
      'Prose.',
      'def mean(values):\n    # the sum, divided\n\nprint(mean([]))',
      'note',
    ],
  ])('finds %s', (_, response, code, severity) => {
    expect(findings({ response, raw: fenced(code, 'python') })).toMatchObject([{ severity }]);
  });

  test.each([
    ['comments in JSON', JSON_TEXT, fenced(JSON_TEXT.replace('3.5', '3.5, // high\n'), 'json')],
    ['an ellipsis in JSON', JSON_TEXT, fenced(JSON_TEXT.replace('0.4', '...'), 'json')],
    [
      'words of explanation among the code',
      PYTHON,
      fenced(`${PYTHON}\nThis prints the mean of them`, 'python'),
    ],
    ['code without a fence that was prose before', 'Prose.', PYTHON.replace('values):', 'values:')],
  ])('notes %s', (_, response, raw) => {
    expect(findings({ response, raw })).toMatchObject([{ severity: 'note' }]);
  });

  test.each([
    ['whole code', fenced(PYTHON, 'python')],
    ['a language without a parser', fenced('int main( {\n  return', 'c')],
    ['TypeScript in a fence of JavaScript', fenced('const a: number = 1;\ninterface B { c: string }', 'js')],
    ['a single line', fenced('print(', 'python')],
    ['an ellipsis for a body', fenced('def mean(values):\n    ...\n', 'python')],
    ['a session', fenced('>>> mean([1, 2])\n1.5 as it should be', 'python')],
    ['a shell prompt', fenced('$ pip install x\nDone with it all', 'python')],
    ['a fence that is left open, as another check tells', 'See:\n```python\ndef f(:\n  x'],
    ['a template', fenced('{% for a in b %}\n<li>{{ a }}\n<div>\n{% endfor %}', 'html')],
    [
      'pieces of one program',
      `${fenced('if x:\n    y = 1', 'python')}\n${fenced('else:\n    y = 2', 'python')}`,
    ],
  ])('is silent about %s', (_, raw) => {
    expect(findings({ raw })).toEqual([]);
  });

  test('is silent where the original was as broken', () => {
    const broken = PYTHON.replace('values):', 'values:');
    expect(findings({ response: broken, raw: fenced(broken, 'python') })).toEqual([]);
  });
});
