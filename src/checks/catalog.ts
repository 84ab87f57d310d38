import { nearCopy, unchanged } from './change.js';
import type { Check } from './check.js';
import { codeBroken } from './code.js';
import { constraint } from './constraint.js';
import { promptEcho } from './echo.js';
import { encoding } from './encoding.js';
import { formChanged } from './form.js';
import {
  judgeArtefact,
  judgeConstraints,
  judgeInvented,
  judgeLost,
  judgeUnreadable,
  judgeWorse,
} from './judgement.js';
import { languageChanged } from './language.js';
import { lengthCollapse, lengthExplosion } from './length.js';
import { contentLost } from './loss.js';
import { markerResidue } from './marker-residue.js';
import { comparativeOpener, metaTalk, selfPraise } from './meta-talk.js';
import { elided } from './omission.js';
import { leakedTask, wrongTask } from './other-task.js';
import { outlineOnly } from './outline.js';
import { placeholder } from './placeholder.js';
import { refusal } from './refusal.js';
import { loop } from './repetition.js';
import { rubricLeak } from './rubric-leak.js';
import { adviceOnly, critiqueOnly, synopsisOnly } from './stand-ins.js';
import { empty, noAnswer, noEndMarker, severalAnswers, textAfterEnd } from './structure.js';
import { truncated } from './truncation.js';

/** Every check there is, in the order in which people see their findings. */
export const CHECKS: readonly Check[] = [
  // No usable text.
  noAnswer,
  empty,
  truncated,
  encoding,
  refusal,
  unchanged,
  // Something else in the place of the answer.
  critiqueOnly,
  adviceOnly,
  outlineOnly,
  synopsisOnly,
  wrongTask,
  // What does not belong into the text.
  rubricLeak,
  metaTalk,
  markerResidue,
  promptEcho,
  leakedTask,
  placeholder,
  elided,
  loop,
  // What the text has lost.
  languageChanged,
  codeBroken,
  constraint,
  contentLost,
  lengthCollapse,
  lengthExplosion,
  formChanged,
  // Blemishes, and how the reply was read.
  nearCopy,
  comparativeOpener,
  selfPraise,
  severalAnswers,
  textAfterEnd,
  noEndMarker,
  // What a judge said.
  judgeArtefact,
  judgeLost,
  judgeInvented,
  judgeConstraints,
  judgeWorse,
  judgeUnreadable,
];
