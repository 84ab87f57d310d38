import { describe, expect, test } from 'vitest';
import { decidedRecord, decidedRow } from '../../../src/web/decisions/decided-record.js';
import { recordDetail } from './record-details.js';

const AT = '2026-11-20T10:00:00.000Z';
const detail = recordDetail('7');

describe('until a decision is confirmed, a record looks', () => {
  test('refined by the attempt that is accepted', () => {
    expect(decidedRecord(detail, { action: 'accept', attempt: 2 }, AT)).toMatchObject({
      row: { outcome: 'refined', decision: 'accept', reason: null },
      decision: { action: 'accept', attempt: 2, at: AT },
      refined: 'Good day.',
      exported: 'Good day.',
      chosen: 2,
    });
  });

  test('refined by the attempt that counts, when none is named', () => {
    expect(decidedRecord(detail, { action: 'accept' }, AT)).toMatchObject({
      exported: 'Hello there.',
      chosen: 1,
    });
  });

  test('kept when it is rejected, with its refined response still to be seen', () => {
    expect(decidedRecord(detail, { action: 'reject' }, AT)).toMatchObject({
      row: { outcome: 'kept', decision: 'reject' },
      refined: 'Hello there.',
      exported: 'Hello.',
    });
  });

  test('as it was typed, without the findings in what stood there before', () => {
    const found = { check: 'loss', severity: 'flag', message: 'x', start: 0, end: 5 } as const;
    expect(
      decidedRecord({ ...detail, findings: [found] }, { action: 'edit', text: 'Hi.' }, AT),
    ).toMatchObject({
      row: { decision: 'edit' },
      refined: 'Hi.',
      exported: 'Hi.',
      findings: [],
      decision: { text: 'Hi.' },
    });
  });

  test('undecided after an undo', () => {
    const accepted = decidedRecord(detail, { action: 'accept' }, AT);
    expect(decidedRecord(accepted, { action: 'undo' }, AT)).toMatchObject({
      row: { decision: null },
      decision: null,
    });
  });
});

test('nothing waits, nothing changes', () => {
  expect(decidedRow(detail.row, undefined)).toBe(detail.row);
  expect(decidedRecord(detail, undefined, AT)).toBe(detail);
});
