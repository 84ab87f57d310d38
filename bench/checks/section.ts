import { UserError } from '../../src/errors.ts';

const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';

/**
 * Puts a text in the place of what a page has between the two marks of the measured section.
 *
 * @param where the page's path, for errors
 * @throws UserError `config` when the page lacks the marks
 */
export function replaceSection(page: string, section: string, where: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin + BEGIN.length);
  if (begin === -1 || end === -1) {
    throw new UserError('config', 'The page has no section for the figures.', {
      where,
      expected: `${BEGIN} and, after it, ${END}`,
    });
  }
  return `${page.slice(0, begin + BEGIN.length)}\n${section.trim()}\n${page.slice(end)}`;
}
