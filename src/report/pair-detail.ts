import { type CheckSuite, checkResponse } from '../checks/index.js';
import { type RowPair, toExample } from '../dataset/index.js';
import { changedShare } from '../diff/changed-share.js';
import { diffTexts } from '../diff/diff-texts.js';
import { similarity } from '../diff/similarity.js';
import { countWords } from './comparison-list.js';
import { moveSpan } from './move-span.js';
import type { RecordDetail } from './record-data.js';
import { toFindingData } from './record-detail.js';
import { INSTRUCTION_LENGTH, shortened, worstFirst } from './record-row.js';

/**
 * A row of two files as if it were of a run: all that is known is its texts, and what the checks say of them.
 *
 * @param place among the pairs, from 0
 */
export function pairDetail(pair: RowPair, place: number, suite: CheckSuite): RecordDetail {
  const { id, instruction, input, response: original } = pair.original;
  const refined = pair.refined.response;
  const checked = checkResponse(toExample(pair.original), refined, suite);
  const findings = checked.findings.map((finding) => moveSpan(finding, refined));
  return {
    row: {
      ...{ id, place, instruction: shortened(instruction, INSTRUCTION_LENGTH) },
      ...{ outcome: 'refined', reason: null, verdict: checked.verdict },
      checks: worstFirst(findings),
      changed: changedShare(original, refined),
      words: { original: countWords(original), refined: countWords(refined) },
      ...{ decision: null, requests: 0, costUsd: null },
    },
    ...{ instruction, input, original, refined },
    findings: findings.map(toFindingData),
    similarity: similarity(diffTexts(original, refined)),
    ...{ reason: null, exported: refined, decision: null, chosen: null, attempts: [] },
  };
}
