import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toLedgerLine, writeLedger } from '../../src/export/ledger-file.js';
import { ledgerWith } from '../support/entries.js';
import { answer, temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
const LEDGER = ledgerWith(
  4,
  [
    { example: '0', raw: answer('Better.') },
    { example: '1', raw: `${answer('One.')}${answer('Original 1.')}Bye.` },
    { example: '2', raw: answer('Better.') },
    { example: '2', raw: answer('Best.'), attempt: 2 },
  ],
  [{ example: '2', action: 'accept', attempt: 1 }],
);

describe('the account of an example', () => {
  test('tells outcome, verdict, reason, attempt, decision and checks', () => {
    expect(LEDGER.map(toLedgerLine)).toEqual([
      {
        id: '0',
        row: 0,
        outcome: 'refined',
        verdict: 'pass',
        reason: null,
        attempt: 1,
        purpose: 'first',
        repairs: 0,
        decision: null,
        checks: [],
      },
      {
        id: '1',
        row: 1,
        outcome: 'kept',
        verdict: 'flag',
        reason: expect.stringContaining('unchanged: '),
        attempt: 1,
        purpose: 'first',
        repairs: 0,
        decision: null,
        checks: ['unchanged', 'several_answers', 'text_after_end'],
      },
      {
        id: '2',
        row: 2,
        outcome: 'refined',
        verdict: 'pass',
        reason: 'accepted by hand',
        attempt: 1,
        purpose: 'first',
        repairs: 0,
        decision: 'accept',
        checks: [],
      },
      {
        id: '3',
        row: 3,
        outcome: 'pending',
        verdict: null,
        reason: null,
        attempt: null,
        purpose: null,
        repairs: 0,
        decision: null,
        checks: [],
      },
    ]);
  });

  test('tells of repairs, and whether one of them counts', () => {
    const lines = ledgerWith(2, [
      { example: '0', raw: 'No answer.' },
      { example: '1', raw: 'No answer.' },
      { example: '0', raw: answer('Better.'), attempt: 2, purpose: 'repair' },
      { example: '1', raw: '', attempt: 2, purpose: 'repair' },
    ]).map(toLedgerLine);
    expect(lines).toMatchObject([
      { outcome: 'refined', attempt: 2, purpose: 'repair', repairs: 1 },
      { outcome: 'kept', verdict: 'fail', repairs: 1 },
    ]);
  });

  test('is a line of the ledger file, in the order of the dataset', async () => {
    const path = join(folder, 'ledger.jsonl');
    await writeLedger(path, LEDGER);
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(LEDGER.map(toLedgerLine));
    await writeLedger(path, []);
    expect(readFileSync(path, 'utf8')).toBe('');
  });
});
