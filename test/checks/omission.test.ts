import { describe, expect, test } from 'vitest';
import { find, pointedAt, words } from './find.js';

const LONG = words(200);

describe('elided', () => {
  test.each([
    ['Afghanistan, Albania (continue the list in the same manner)', '(continue the list in the same manner)'],
    ['Albania\n[Continue with the remaining items]', '[Continue with the remaining items]'],
    ['It began. [The rest of the story remains the same]', '[The rest of the story remains the same]'],
    ['It began.\n[... rest of the letter]', '[... rest of the letter]'],
    ['It began. [The rest remains the same.]', '[The rest remains the same.]'],
    ['1. Who?\n2. When?\n(18 more questions)', '(18 more questions)'],
    ['(details omitted for brevity)', '(details omitted for brevity)'],
    ['开始。（以下省略）', '（以下省略）'],
    ['Do so on Monday, and so on for the remaining days.', 'and so on for the remaining days'],
    ['The rest of the code remains the same.', 'The rest of the code remains the same'],
    ['Two chapters were left out for brevity.', 'left out for brevity'],
    ['Hydrogen, helium, and so on, until Einsteinium.', 'and so on, until Einsteinium'],
    ['```python\nwhile True:\n    # ...\n```', '# ...'],
    ['```js\nlet a = 1;\n// ... rest of the code\n```', '// ... rest of the code'],
    ['```js\n// existing code here\n```', '// existing code here'],
    ['```js\n  // Add your logic here\n```', '// Add your logic here'],
    ['```c\n/* ... */\n```', '/* ... */'],
    ['```html\n<!-- rest of the page -->\n```', '<!-- rest of the page -->'],
    ['```sql\n-- same as above\n```', '-- same as above'],
  ])('flags %j', (text, shown) => {
    const [finding, ...more] = find('elided', text);
    expect(more).toEqual([]);
    expect(finding?.severity).toBe('flag');
    expect(pointedAt(text, finding)).toBe(shown);
  });

  test.each([
    '- Albania\n- Algeria\n- And many more...',
    '- Hydrogen\n- And so on, until Einsteinium.',
    '* a\n* more!',
    '* a\n* and others',
  ])('flags an item that stands for others of a longer original: %j', (text) => {
    expect(find('elided', text, { response: LONG })).toMatchObject([{ severity: 'flag' }]);
    expect(find('elided', text, { response: 'Short.' })).toEqual([]);
  });

  test.each(['1. one\n2. two\n...\n20. twenty', '| a |\n...\n| b |'])('notes a gap in %j', (text) => {
    const [finding] = find('elided', text);
    expect(finding).toMatchObject({ severity: 'note' });
    expect(pointedAt(text, finding)).toBe('...');
  });

  test.each([
    'Bring eggs, milk, flour, etc.',
    'Cats, dogs, horses, and so on. They all eat.',
    '(Repeat chorus)',
    '[The rest of the band joins in]',
    '(continued on page 7)',
    'To be continued.',
    'Games, prizes, and many more!',
    'Repeat these steps for the remaining dough.',
    'He slept for the rest of the day.',
    'He waited ...\n\n...\n\nand nothing came.',
    '- Other (please specify)',
    'See https://example.org/...',
    '# The rest is silence',
    '```python\n# Add the two numbers\nprint(a + b)\n```',
    '```python\nclass Shape(Protocol):\n    def area(self) -> float: ...\n```',
    'let rest = [...others];',
    'And the story goes on ... until the end.',
  ])('is silent about %j', (text) => {
    expect(find('elided', text, { response: 'It rained.' })).toEqual([]);
  });

  test.each(['instruction', 'input', 'response'] as const)(
    'is silent about what the %s has as well',
    (field) => {
      const given = { response: 'x', [field]: 'function f() {\n  // Your code here\n}' };
      expect(find('elided', 'function f(a) {\n  // your code here\n}', given)).toEqual([]);
    },
  );

  test('reports what overlaps once, and the places in their order', () => {
    const text = '- Albania\n- And many more... (continue the list)\n\n# ... and so on for the rest';
    expect(find('elided', text, { response: LONG }).map((finding) => pointedAt(text, finding))).toEqual([
      'And many more... (continue the list)',
      '# ... and so on for the rest',
    ]);
  });
});
