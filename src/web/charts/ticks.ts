/** Steps between two marks of an axis, as multiples of a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];

/**
 * Round numbers for the marks of an axis, from 0 to the first that is not below `most`.
 *
 * @param steps about how many steps there should be
 * @param whole whether the marks must be whole numbers, as for counts
 */
export function axisTicks(most: number, steps: number, whole = false): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const sizes = STEPS.map((step) => step * power).filter((size) => !whole || Number.isInteger(size));
  const size = sizes.find((candidate) => candidate >= rough * (1 - 1e-9)) ?? 1;
  const count = Math.max(1, Math.ceil(most / size - 1e-9));
  // Multiples of decimal fractions are not quite what they are written as.
  return Array.from({ length: count + 1 }, (_, index) => Number((index * size).toPrecision(12)));
}
