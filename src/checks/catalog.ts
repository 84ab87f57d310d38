import { unchanged } from './change.js';
import type { Check } from './check.js';
import { markerResidue } from './contamination.js';
import { encoding } from './encoding.js';
import { formChanged } from './form.js';
import { comparativeOpener, metaTalk, selfPraise } from './meta-talk.js';
import { outlineOnly } from './outline.js';
import { refusal } from './refusal.js';
import { rubricLeak } from './rubric-leak.js';
import { adviceOnly, critiqueOnly, synopsisOnly } from './stand-ins.js';
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
  critiqueOnly,
  adviceOnly,
  outlineOnly,
  synopsisOnly,
  rubricLeak,
  metaTalk,
  comparativeOpener,
  selfPraise,
  formChanged,
  markerResidue,
  severalAnswers,
  textAfterEnd,
  noEndMarker,
];
