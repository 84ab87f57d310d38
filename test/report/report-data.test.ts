import { describe, expect, it } from 'vitest';
import type { RecordDetail } from '../../src/report/record-data.js';
import { packRecord, unpackRecord } from '../../src/report/report-data.js';
import { attemptData, recordDetail } from '../web/decisions/record-details.js';

const finding = { check: 'loss', severity: 'flag', message: 'Gone.', start: 0, end: 2 } as const;
const judged = { ...attemptData(2, null), purpose: 'judge', reply: '{"better": "A"}' } as const;
const failed = { ...attemptData(3, null), reply: 'I cannot do that.' };
const edited = { action: 'edit', at: '2026-11-20T10:00:00.000Z', attempt: null, text: 'Mine.' } as const;

const CASES: readonly { readonly name: string; readonly detail: RecordDetail }[] = [
  { name: 'that kept its original', detail: recordDetail('1') },
  { name: 'that was refined', detail: recordDetail('1', { exported: 'Hello there.', findings: [finding] }) },
  { name: 'that was dropped', detail: recordDetail('1', { exported: null }) },
  { name: 'whose original was kept as it was', detail: recordDetail('1', { original: 'Hello there.' }) },
  {
    name: 'without a refined response',
    detail: recordDetail('1', { refined: null, chosen: null, attempts: [failed] }),
  },
  {
    name: 'that was judged',
    detail: recordDetail('1', { attempts: [attemptData(1, 'Hello there.'), judged] }),
  },
  {
    name: 'that was edited',
    detail: recordDetail('1', { refined: 'Mine.', exported: 'Mine.', decision: edited, findings: [finding] }),
  },
  {
    name: 'that was edited to what the attempt had',
    detail: recordDetail('1', {
      ...{ refined: 'Hello there.', exported: 'Hello there.', findings: [finding] },
      decision: { ...edited, text: 'Hello there.' },
    }),
  },
  {
    name: 'whose exported text is another one still',
    detail: recordDetail('1', { exported: 'Hello there, you.' }),
  },
];

/** Without the raw replies that a report leaves out. */
const withoutReplies = (detail: RecordDetail): RecordDetail => ({
  ...detail,
  attempts: detail.attempts.map((attempt) => ({
    ...attempt,
    reply: attempt.candidate === null && attempt.purpose !== 'judge' ? attempt.reply : null,
  })),
});

describe('a packed record', () => {
  it.each(CASES)('$name comes back as it was, through JSON', ({ detail }) => {
    const through = JSON.parse(JSON.stringify(packRecord(detail)));
    expect(unpackRecord(through)).toEqual(withoutReplies(detail));
  });

  it('holds no text twice', () => {
    const text = 'A text that is long enough to be found. '.repeat(3);
    const detail = recordDetail('1', {
      ...{ refined: text, exported: text },
      attempts: [{ ...attemptData(1, text), reply: `[Better Answer]${text}[End]` }],
    });
    expect(JSON.stringify(packRecord(detail)).split(text)).toHaveLength(2);
  });
});
