import type { Check } from '../../src/checks/index.ts';
import { UserError } from '../../src/errors.ts';

const BEGIN = '<!-- catalogue -->';
const END = '<!-- /catalogue -->';

/**
 * Puts a table of the checks in the place of what a page has between the two marks of the catalogue.
 *
 * @param where the page's path, for errors
 * @throws UserError `config` when the page lacks the marks
 */
export function withCatalogue(page: string, checks: readonly Check[], where: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END, begin + BEGIN.length);
  if (begin === -1 || end === -1) {
    throw new UserError('config', 'The page has no place for the catalogue of checks.', {
      where,
      expected: `${BEGIN} and, after it, ${END}`,
    });
  }
  return `${page.slice(0, begin + BEGIN.length)}\n${catalogueTable(checks)}\n${page.slice(end)}`;
}

/** The checks as a Markdown table, in their order. */
export function catalogueTable(checks: readonly Check[]): string {
  return [
    '| check | severity | version | what it finds | thresholds |',
    '|---|---|---|---|---|',
    ...checks.map(rowOf),
  ].join('\n');
}

function rowOf({ id, severity, version, description, thresholds = {} }: Check): string {
  const named = Object.entries(thresholds).map(
    ([name, threshold]) => `\`${name}\` ${threshold.default}: ${threshold.description}`,
  );
  const cells = [`\`${id}\``, severity, version, description, named.join('<br>')];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`.replaceAll('  ', ' ');
}
