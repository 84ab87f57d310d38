/** How two texts are shown: beside each other, or as one with the changes in it. */
export const DIFF_MODES = ['side', 'inline'] as const;
export type DiffMode = (typeof DIFF_MODES)[number];
