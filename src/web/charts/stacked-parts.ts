/** A part of a bar, in units of the drawing. */
export interface StackedPart {
  /** Which of the values it stands for, from 0. */
  readonly place: number;
  readonly x: number;
  readonly width: number;
}

/**
 * Where the parts of a stacked bar stand. Parts of 0 are left out; any other is at least `least` wide, which the wider
 * ones make room for.
 */
export function stackParts(values: readonly number[], width: number, least = 2): StackedPart[] {
  const shown = values.flatMap((value, place) => (value > 0 ? [{ value, place }] : []));
  const narrowest = Math.min(least, width / Math.max(1, shown.length));
  const widened = new Set<number>();
  // Each widening takes from the others, which may make a further one too narrow.
  for (let changed = true; changed; ) {
    changed = false;
    const perValue = roomPerValue(shown, widened, width - widened.size * narrowest);
    for (const { value, place } of shown) {
      if (widened.has(place) || value * perValue >= narrowest) continue;
      widened.add(place);
      changed = true;
    }
  }
  const perValue = roomPerValue(shown, widened, width - widened.size * narrowest);
  let x = 0;
  return shown.map(({ value, place }) => {
    const part = { place, x, width: widened.has(place) ? narrowest : value * perValue };
    x += part.width;
    return part;
  });
}

function roomPerValue(
  shown: readonly { readonly value: number; readonly place: number }[],
  widened: ReadonlySet<number>,
  room: number,
): number {
  const sum = shown.reduce((all, { value, place }) => all + (widened.has(place) ? 0 : value), 0);
  return sum === 0 ? 0 : room / sum;
}
