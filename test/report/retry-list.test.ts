import { expect, test } from 'vitest';
import { retryLines } from '../../src/report/retry-list.js';
import { ledgerWith } from '../support/entries.js';
import { answer } from '../support/run-parts.js';

test('each example has a line with its verdict, and with what the checks found or why there is no reply', () => {
  const ledger = ledgerWith(5, [
    { example: '0', raw: answer('Better.') },
    { example: '1', raw: `${answer('One.')}${answer('Original 1.')}` },
    { example: '2', fault: ['example', 'bad_request', 'no, thanks'] },
    { example: '3', raw: 'A critique.' },
  ]);
  expect(retryLines(ledger, 80)).toEqual([
    '   0  pass',
    '   1  flag     unchanged several_answers',
    '   2  fail     refused by the server: bad_request: no, thanks',
    '   3  fail     no_answer',
    '   4  pending',
  ]);
  expect(retryLines([], 80)).toEqual([]);
});

test("a server's words fit the screen, and nothing is shown that a terminal obeys", () => {
  const [line = ''] = retryLines(
    ledgerWith(1, [{ fault: ['example', 'bad_request', `\u001b[2J${'words '.repeat(50)}`] }]),
    60,
  );
  expect(line).toMatch(/^ {3}0 {2}fail {5}refused by the server: bad_request: \\x1b\[2Jw.*…$/);
  expect(line.length).toBeLessThanOrEqual(60);
});
