import { unchanged } from './change.js';
import type { Check } from './check.js';
import { markerResidue } from './contamination.js';
import { encoding } from './encoding.js';
import {
  judgeArtefact,
  judgeConstraints,
  judgeInvented,
  judgeLost,
  judgeUnreadable,
  judgeWorse,
} from './judgement.js';
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
  judgeArtefact,
  judgeLost,
  judgeInvented,
  judgeConstraints,
  judgeWorse,
  judgeUnreadable,
];
