import { UserError } from '../../src/errors.ts';

/**
 * Puts a text in the place of what a page has between the two marks of a section: `<!-- name -->` and `<!-- /name -->`.
 *
 * @param where the page's path, for errors
 * @throws UserError `config` when the page lacks the marks
 */
export function replaceSection(page: string, name: string, section: string, where: string): string {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const begin = page.indexOf(opening);
  const end = page.indexOf(closing, begin + opening.length);
  if (begin === -1 || end === -1) {
    throw new UserError('config', `The page has no section called ${name}.`, {
      where,
      expected: `${opening} and, after it, ${closing}`,
    });
  }
  return `${page.slice(0, begin + opening.length)}\n${section.trim()}\n${page.slice(end)}`;
}
