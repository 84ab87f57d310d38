import { describe, expect, test } from 'vitest';
import { countRepaired, repairLines } from '../../src/report/repairs.js';
import { ledgerWith } from '../support/entries.js';
import { type AttemptParts, answer } from '../support/run-parts.js';

const ONCE = { repair: 1, repairFlagged: false };
const failed = (example: string): AttemptParts => ({ example, raw: 'A critique.' });
const repaired = (example: string, raw: string): AttemptParts => ({
  ...{ example, raw, purpose: 'repair', attempt: 2 },
});

describe('the repairs of a run', () => {
  test.each<[string, readonly AttemptParts[], typeof ONCE, string[]]>([
    ['nothing to tell', [{ example: '0' }], ONCE, []],
    [
      'one that helped',
      [failed('0'), repaired('0', answer('Good.'))],
      ONCE,
      ['1 example asked again, 1 passes now'],
    ],
    [
      'one of two that helped, a third that is due',
      [failed('0'), failed('1'), failed('2'), repaired('0', answer('Good.')), repaired('1', 'Again.')],
      ONCE,
      ['2 examples asked again, 1 passes now; 1 still to be repaired'],
    ],
    [
      'one that led from a failure to a flag has not repaired anything',
      [failed('0'), repaired('0', answer('Original 0.'))],
      ONCE,
      ['1 example asked again, 0 pass now'],
    ],
    ['some that are due', [failed('0'), failed('1')], ONCE, ['2 still to be repaired']],
    ['none is due when repairing is off', [failed('0')], { repair: 0, repairFlagged: false }, []],
    [
      'a flag is due where flags are repaired',
      [{ example: '0', raw: answer('Original 0.') }],
      { repair: 1, repairFlagged: true },
      ['1 still to be repaired'],
    ],
  ])('%s', (_, attempts, policy, lines) => {
    expect(repairLines(ledgerWith(3, attempts), policy)).toEqual(lines);
  });

  test('as data', () => {
    const ledger = ledgerWith(3, [failed('0'), failed('1'), repaired('0', answer('Good.'))]);
    expect(countRepaired(ledger, ONCE)).toEqual({ examples: 1, repaired: 1, due: 1 });
  });

  test('a repair that was beaten by a retry has repaired nothing', () => {
    const retried: AttemptParts = { example: '0', raw: answer('Best.'), purpose: 'retry', attempt: 3 };
    const ledger = ledgerWith(1, [failed('0'), repaired('0', answer('Good.')), retried]);
    expect(countRepaired(ledger, ONCE)).toEqual({ examples: 1, repaired: 0, due: 0 });
  });
});
