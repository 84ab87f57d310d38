import type { AttemptData, RecordDetail } from '../../../src/report/record-data.js';

/** A record with a refined response, on which nobody decided. */
export function recordDetail(id: string, change: Partial<RecordDetail> = {}): RecordDetail {
  return {
    row: {
      id,
      place: 0,
      instruction: 'Say hello.',
      outcome: 'kept',
      reason: 'flagged',
      verdict: 'flag',
      checks: ['loss'],
      changed: 0.5,
      words: { original: 1, refined: 2 },
      decision: null,
      requests: 1,
      costUsd: null,
    },
    instruction: 'Say hello.',
    input: '',
    original: 'Hello.',
    refined: 'Hello there.',
    findings: [],
    similarity: 0.5,
    reason: 'flagged',
    exported: 'Hello.',
    decision: null,
    chosen: 1,
    attempts: [attemptData(1, 'Hello there.'), attemptData(2, 'Good day.')],
    ...change,
  };
}

export function attemptData(attempt: number, candidate: string | null): AttemptData {
  return {
    attempt,
    purpose: 'first',
    prompt: 'hash',
    model: 'model',
    servedModel: null,
    temperature: 0,
    maxTokens: 100,
    resend: 0,
    sentAt: '2026-11-20T10:00:00.000Z',
    durationMs: 1000,
    finishReason: 'stop',
    error: null,
    usage: null,
    costUsd: null,
    judged: null,
    reply: candidate,
    critique: null,
    candidate,
    verdict: 'pass',
    findings: [],
  };
}

/** The record after a decision, as a server answers. */
export function decided(detail: RecordDetail, decision: Partial<RecordDetail['decision']>): RecordDetail {
  const at = '2026-11-20T10:00:00.000Z';
  return { ...detail, decision: { action: 'accept', at, attempt: null, text: null, ...decision } };
}
