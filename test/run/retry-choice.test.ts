import { describe, expect, test } from 'vitest';
import { chooseForRetry, onlySince, type RetryChoice } from '../../src/run/retry-choice.js';
import { ledgerWith } from '../support/entries.js';
import { type AttemptParts, answer, attemptOf, type DecisionParts } from '../support/run-parts.js';

const NONE: RetryChoice = { verdicts: [], outcomes: [], checks: [], since: null };

const at = (hour: number): string => `2026-03-04T${String(hour).padStart(2, '0')}:00:00.000Z`;
const of = (example: number, hour: number, parts: AttemptParts = {}): AttemptParts => ({
  example: String(example),
  sentAt: at(hour),
  ...parts,
});

/** 0 passes with a note, 1 and 4 are flagged, 2 fails, 3 was refused, 5 is pending; 6 is flagged and 7 fails, both decided on. */
const ATTEMPTS: AttemptParts[] = [
  of(0, 1, { raw: `${answer('Better.')}Bye.` }),
  of(1, 2, { raw: answer('Original 1.') }),
  of(2, 3, { raw: 'A critique.' }),
  of(3, 4, { fault: ['example', 'bad_request', 'no'] }),
  of(4, 5, { raw: `${answer('Worse.')}${answer('Original 4.')}` }),
  of(6, 6, { raw: answer('Original 6.') }),
  of(7, 7, { raw: 'A critique.' }),
];
const DECISIONS: DecisionParts[] = [
  { example: '6', action: 'accept', attempt: 1 },
  { example: '7', action: 'reject' },
];
const LEDGER = ledgerWith(8, ATTEMPTS, DECISIONS);

function choose(choice: Partial<RetryChoice>) {
  const { chosen, decided } = chooseForRetry(LEDGER, ATTEMPTS.map(attemptOf), { ...NONE, ...choice });
  return [chosen, decided].map((entries) => entries.map(({ example }) => example.id).join(' '));
}

describe('a choice', () => {
  test.each<[string, Partial<RetryChoice>, string, string]>([
    ['by the verdict fail', { verdicts: ['fail'] }, '2 3', '7'],
    ['by the verdict flag', { verdicts: ['flag'] }, '1 4', '6'],
    ['by a check that flags', { checks: ['unchanged'] }, '1 4', '6'],
    ['by a check that only notes', { checks: ['text_after_end'] }, '0', ''],
    ['by several checks, of which one is enough', { checks: ['no_answer', 'several_answers'] }, '2 4', '7'],
    ['by a check that found nothing', { checks: ['refusal'] }, '', ''],
    ['by an outcome', { outcomes: ['kept'] }, '1 2 3 4', '7'],
    ['by the outcome of what was not answered', { outcomes: ['pending'] }, '5', ''],
    ['by several outcomes', { outcomes: ['refined', 'pending'] }, '0 5', '6'],
    [
      'by several states, of which one is enough',
      { verdicts: ['fail'], outcomes: ['pending'], checks: ['text_after_end'] },
      '0 2 3 5',
      '7',
    ],
    ['by time alone', { since: new Date(at(4)) }, '3 4', '6 7'],
    ['by state and time, of which both are needed', { verdicts: ['flag'], since: new Date(at(5)) }, '4', '6'],
    ['by a time after everything', { verdicts: ['fail', 'flag'], since: new Date(at(8)) }, '', ''],
    ['of nothing that is not told: all', {}, '0 1 2 3 4 5', '6 7'],
  ])('%s', (_, choice, chosen, decided) => {
    expect(choose(choice)).toEqual([chosen, decided]);
  });

  test('goes by the attempt that counts, not by those before or after it', () => {
    const attempts: AttemptParts[] = [
      { raw: 'A critique.' },
      { raw: answer('Better.'), attempt: 2 },
      { raw: answer('Original 0.'), attempt: 3 },
    ];
    const ledger = ledgerWith(1, attempts);
    for (const choice of [{ verdicts: ['fail', 'flag'] as const }, { checks: ['no_answer', 'unchanged'] }]) {
      expect(chooseForRetry(ledger, [], { ...NONE, ...choice }).chosen).toEqual([]);
    }
    expect(chooseForRetry(ledger, [], { ...NONE, verdicts: ['pass'] }).chosen).toEqual(ledger);
  });
});

describe('the time', () => {
  const idsSince = (attempts: readonly AttemptParts[], hour: number): string[] =>
    onlySince(ledgerWith(2, attempts), attempts.map(attemptOf), new Date(at(hour))).map(
      ({ example }) => example.id,
    );

  test('is that of the latest request, whether it was answered or not, whatever the order of the lines', () => {
    const late = of(0, 9, { attempt: 2, fault: ['transport', 'timeout', 'late'] });
    expect(idsSince([of(0, 1), of(1, 2), late], 9)).toEqual(['0']);
    expect(idsSince([late, of(1, 2), of(0, 1)], 9)).toEqual(['0']);
    expect(idsSince([of(0, 1), of(1, 2), late], 10)).toEqual([]);
  });

  test('is not that of a question to a judge', () => {
    expect(idsSince([of(0, 1), of(0, 9, { attempt: 2, purpose: 'judge' })], 5)).toEqual([]);
  });

  test('leaves all when there is none', () => {
    expect(onlySince(LEDGER, [], null)).toEqual(LEDGER);
  });
});
