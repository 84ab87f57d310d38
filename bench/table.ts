/** One line of the benchmark's table. */
export interface Row {
  readonly measure: string;
  readonly burnish: string;
  /** What the figure is compared with; null when it stands alone. */
  readonly reference: string | null;
  readonly ratio: number | null;
  readonly target: { readonly text: string; readonly met: boolean } | null;
}

const HEAD = ['measure', 'Burnish', 'reference', 'ratio', 'target', ''];

/** Lays rows out in columns: the first to the left, figures to the right. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(({ measure, burnish, reference, ratio, target }) => [
    measure,
    burnish,
    reference ?? '',
    ratio === null ? '' : ratio.toFixed(3),
    target?.text ?? '',
    target === null ? '' : target.met ? 'met' : 'MISSED',
  ]);
  const lines = [HEAD, ...cells];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]) =>
    line
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return lines.map(format).join('\n');
}
