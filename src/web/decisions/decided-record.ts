import type { RecordDetail, RecordRow } from '../../report/record-data.js';
import type { DecisionBody } from '../api/api-types.js';

/** A row as it will be once a decision is saved, as far as the page can tell. */
export function decidedRow(row: RecordRow, body: DecisionBody | undefined): RecordRow {
  if (body === undefined) return row;
  if (body.action === 'undo') return { ...row, decision: null };
  return {
    ...row,
    decision: body.action,
    outcome: body.action === 'reject' ? 'kept' : 'refined',
    reason: null,
  };
}

/** A record as it will be once a decision is saved, as far as the page can tell. */
export function decidedRecord(
  detail: RecordDetail,
  body: DecisionBody | undefined,
  at: string,
): RecordDetail {
  if (body === undefined) return detail;
  const row = decidedRow(detail.row, body);
  if (body.action === 'undo') return { ...detail, row, decision: null };
  const decision = {
    action: body.action,
    at,
    attempt: body.action === 'accept' ? (body.attempt ?? detail.chosen) : null,
    text: body.action === 'edit' ? body.text : null,
  };
  const decided = { ...detail, row, decision, reason: null };
  switch (body.action) {
    case 'reject':
      return { ...decided, exported: detail.original };
    case 'edit':
      return { ...decided, refined: body.text, findings: [], exported: body.text };
    case 'accept': {
      const accepted = detail.attempts.find(({ attempt }) => attempt === decision.attempt);
      const refined = accepted?.candidate ?? detail.refined;
      const findings = accepted?.findings ?? detail.findings;
      return { ...decided, refined, findings, chosen: decision.attempt, exported: refined };
    }
  }
}
