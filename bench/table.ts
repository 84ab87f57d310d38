/** One line of a table of figures, each compared with another and with a target. */
export interface Row {
  readonly measure: string;
  readonly burnish: string;
  /** What the figure is compared with; null when it stands alone. */
  readonly reference: string | null;
  readonly ratio: number | null;
  readonly target: { readonly text: string; readonly met: boolean } | null;
}

const HEAD = ['measure', 'Burnish', 'reference', 'ratio', 'target', ''];

/** Lays such rows out under their heads. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(({ measure, burnish, reference, ratio, target }) => [
    measure,
    burnish,
    reference ?? '',
    ratio === null ? '' : ratio.toFixed(3),
    target?.text ?? '',
    target === null ? '' : target.met ? 'met' : 'MISSED',
  ]);
  return layOut([HEAD, ...cells]);
}

/** Lays lines of cells out in columns: the first to the left, the others, figures, to the right. */
export function layOut(lines: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const line of lines) {
    for (const [column, cell] of line.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  const format = (line: readonly string[]) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return lines.map(format).join('\n');
}
