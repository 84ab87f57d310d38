import { describe, expect, test } from 'vitest';
import { replaceSection } from '../../bench/checks/section.ts';

const page = '# Checks\n\n<!-- measured -->\nold\n<!-- /measured -->\n\nMore.\n';

describe('replaceSection', () => {
  test('puts new text between the marks and leaves the rest as it is', () => {
    expect(replaceSection(page, 'measured', 'new $& text\n', 'p.md')).toBe(
      '# Checks\n\n<!-- measured -->\nnew $& text\n<!-- /measured -->\n\nMore.\n',
    );
  });

  test('gives the same page when it is done again', () => {
    const once = replaceSection(page, 'measured', 'new', 'p.md');
    expect(replaceSection(once, 'measured', 'new', 'p.md')).toBe(once);
  });

  test.each(['nothing', '<!-- measured -->', '<!-- /measured -->', '<!-- /measured -->\n<!-- measured -->'])(
    'refuses a page without both marks in their order: %s',
    (text) => {
      expect(() => replaceSection(text, 'measured', 'new', 'p.md')).toThrow(
        expect.objectContaining({ code: 'config', facts: expect.objectContaining({ where: 'p.md' }) }),
      );
    },
  );
});
