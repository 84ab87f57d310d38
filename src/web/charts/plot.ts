/** Where the bars of a chart stand, in units of the drawing. */
export interface Plot {
  readonly width: number;
  readonly height: number;
  /** Room for the marks of the upright axis, and of the other one. */
  readonly left: number;
  readonly bottom: number;
  readonly top: number;
  readonly right: number;
}

export function plotWidth({ width, left, right }: Plot): number {
  return width - left - right;
}

/** How far down a count stands when `most` is at the top. */
export function heightOf(count: number, most: number, plot: Plot): number {
  const room = plot.height - plot.top - plot.bottom;
  return plot.top + room * (1 - (most > 0 ? count / most : 0));
}
