import type { Check } from '../../src/checks/index.ts';

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
