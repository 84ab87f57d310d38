import { unchanged } from './change.js';
import type { Check } from './check.js';
import { codeBroken } from './code.js';
import { constraint } from './constraint.js';
import { markerResidue } from './contamination.js';
import { encoding } from './encoding.js';
import { languageChanged } from './language.js';
import { refusal } from './refusal.js';
import { empty, noAnswer, noEndMarker, severalAnswers, textAfterEnd } from './structure.js';
import { truncated } from './truncation.js';

/** Every check there is, in the order in which people see their findings. */
export const CHECKS: readonly Check[] = [
  noAnswer,
  empty,
  truncated,
  encoding,
  refusal,
  unchanged,
  markerResidue,
  severalAnswers,
  textAfterEnd,
  noEndMarker,
  codeBroken,
  constraint,
  languageChanged,
];
