/** Where an example of a run can end. */
export const OUTCOMES = ['refined', 'kept', 'dropped', 'blocked', 'pending'] as const;
export type Outcome = (typeof OUTCOMES)[number];
