import { candidateCheck } from './check.js';
import { type AmountThreshold, checkAmounts } from './constraint/check-amounts.js';
import { checkForms } from './constraint/check-forms.js';
import { checkWording } from './constraint/check-wording.js';

/** A length, a number, a word or a form that the instruction plainly asks for is not there. */
export const constraint = candidateCheck<AmountThreshold>({
  id: 'constraint',
  version: 1,
  severity: 'flag',
  description:
    'A length, number, word or form that the instruction plainly asks for was missed by far, or kept before and lost.',
  thresholds: {
    tolerance: {
      default: 0.15,
      description: 'By which share of it a length may be missed and still count as kept.',
    },
    farBelow: {
      default: 0.55,
      description: 'The share of the smallest length asked for below which any response is far too short.',
    },
    newlyBelow: {
      default: 0.65,
      description:
        'The share of it below which a response is far too short where the original kept the length.',
    },
    newlyAbove: {
      default: 1.5,
      description:
        'The multiple of the largest length above which it is far too long where the original kept it.',
    },
    fewestParts: {
      default: 0.5,
      description:
        'The share of the paragraphs, items, lines or sentences asked for up to which they are far too few.',
    },
    mostParts: {
      default: 2,
      description:
        'The multiple of the paragraphs, lines or sentences asked for from which they are far too many.',
    },
  },
  find: (subject, thresholds) => [
    ...checkAmounts(subject, thresholds),
    ...checkWording(subject),
    ...checkForms(subject),
  ],
});
