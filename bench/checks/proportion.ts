/** A share of rows that were counted, and where the share of all such rows probably lies. */
export interface Proportion {
  readonly count: number;
  readonly total: number;
  /** `count / total`; null when there is nothing to count. */
  readonly share: number | null;
  /** The ends of the 95 % interval; null when there is nothing to count. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The two-sided 95 % point of the normal distribution. */
const Z = 1.959963984540054;

/**
 * A proportion with its 95 % interval by Wilson's score, which keeps to 0 and 1 and also holds for few rows, and for
 * none or all of them (E. B. Wilson, Probable Inference, 1927).
 */
export function proportionOf(count: number, total: number): Proportion {
  if (total === 0) return { count, total, share: null, low: null, high: null };
  const share = count / total;
  const scale = 1 + Z ** 2 / total;
  const middle = (share + Z ** 2 / (2 * total)) / scale;
  const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  return {
    ...{ count, total, share },
    // Both are exact in theory; rounding would leave them a hair off.
    low: count === 0 ? 0 : middle - reach,
    high: count === total ? 1 : middle + reach,
  };
}
