import type { CheckSuite, Finding } from '../checks/index.js';
import { diffTexts } from '../diff/diff-texts.js';
import { similarity } from '../diff/similarity.js';
import type { Attempt } from '../run/attempt.js';
import type { Decision } from '../run/decision.js';
import type { LedgerEntry } from '../run/ledger.js';
import { currentVersion } from './compare.js';
import type { AttemptData, DecisionData, FindingData, RecordDetail } from './record-data.js';
import { recordRow } from './record-row.js';

/**
 * One example of a run, whole.
 *
 * @param place in the selection, from 0
 * @param attempts all requests for it, oldest first
 * @param suite what the run is judged by
 */
export function recordDetail(
  entry: LedgerEntry,
  place: number,
  attempts: readonly Attempt[],
  suite: CheckSuite,
): RecordDetail {
  const { example, reason, text, decision, chosen } = entry;
  const { refined, findings } = currentVersion(entry, suite);
  return {
    row: recordRow(entry, place, attempts, findings),
    instruction: example.instruction,
    input: example.input,
    original: example.response,
    refined,
    findings: findings.map(toFindingData),
    similarity: refined === null ? null : similarity(diffTexts(example.response, refined)),
    reason,
    exported: text,
    decision: decision === null ? null : toDecisionData(decision),
    chosen: chosen?.attempt.attempt ?? null,
    attempts: attempts.map((attempt) => toAttemptData(attempt, entry)),
  };
}

export function toFindingData({ check, severity, message, start, end }: Finding): FindingData {
  return { check, severity, message, start, end };
}

function toDecisionData(decision: Decision): DecisionData {
  return {
    action: decision.action,
    at: decision.at,
    attempt: decision.action === 'accept' ? decision.attempt : null,
    text: decision.action === 'edit' ? decision.text : null,
  };
}

function toAttemptData(attempt: Attempt, { assessed }: LedgerEntry): AttemptData {
  const read = assessed.find((one) => one.attempt === attempt);
  const { reply, judged } = attempt;
  return {
    attempt: attempt.attempt,
    purpose: attempt.purpose,
    prompt: attempt.prompt,
    model: attempt.model,
    servedModel: attempt.servedModel,
    temperature: attempt.temperature,
    maxTokens: attempt.maxTokens,
    resend: attempt.resend,
    sentAt: attempt.sentAt,
    durationMs: attempt.durationMs,
    finishReason: reply?.finishReason ?? null,
    error: attempt.error,
    usage: attempt.usage,
    costUsd: attempt.costUsd,
    judged: judged ?? null,
    reply: reply?.content ?? null,
    critique: read?.parsed.critique ?? null,
    candidate: read?.parsed.candidate ?? null,
    verdict: read?.verdict ?? null,
    findings: read?.findings.map(toFindingData) ?? [],
  };
}
