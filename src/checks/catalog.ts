import { nearCopy, unchanged } from './change.js';
import type { Check } from './check.js';
import { markerResidue } from './contamination.js';
import { promptEcho } from './echo.js';
import { encoding } from './encoding.js';
import { lengthCollapse, lengthExplosion } from './length.js';
import { contentLost } from './loss.js';
import { elided } from './omission.js';
import { leakedTask, wrongTask } from './other-task.js';
import { placeholder } from './placeholder.js';
import { refusal } from './refusal.js';
import { loop } from './repetition.js';
import { empty, noAnswer, noEndMarker, severalAnswers, textAfterEnd } from './structure.js';
import { truncated } from './truncation.js';

/** Every check there is, in the order in which people see their findings. */
export const CHECKS: readonly Check[] = [
  noAnswer,
  empty,
  truncated,
  loop,
  encoding,
  refusal,
  unchanged,
  nearCopy,
  promptEcho,
  wrongTask,
  leakedTask,
  elided,
  placeholder,
  contentLost,
  lengthCollapse,
  lengthExplosion,
  markerResidue,
  severalAnswers,
  textAfterEnd,
  noEndMarker,
];
