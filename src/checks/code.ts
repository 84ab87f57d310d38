import { candidateCheck } from './check.js';
import { findFaults } from './code/faults.js';
import { findLoss, type LossThreshold } from './code/loss.js';

/** The code of the original is gone, or what is given as code no longer is. */
export const codeBroken = candidateCheck<LossThreshold>({
  id: 'code_broken',
  version: 1,
  severity: 'fail',
  description: 'The code of the original response is gone, or code of the refined response does not parse.',
  thresholds: {
    programLines: {
      default: 5,
      description: 'Lines of code in the original, blank ones not counted, from which their loss is certain.',
    },
    mainShare: {
      default: 0.5,
      description: 'The share of the lines of the original from which code is what it consists of.',
    },
  },
  find: (subject, thresholds) => {
    const loss = findLoss(subject, thresholds);
    return loss === null ? findFaults(subject) : [loss];
  },
});
