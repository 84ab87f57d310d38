import { describe, expect, test } from 'vitest';
import { type CandidateCheck, type CheckSuite, prepareSuite } from '../../src/checks/index.js';
import type { Attempt } from '../../src/run/attempt.js';
import { decisionsInForce } from '../../src/run/decision.js';
import { drawUpLedger, type LedgerEntry } from '../../src/run/ledger.js';
import { MANIFEST_VERSION } from '../../src/run/manifest.js';
import { snapshotSchema } from '../../src/run/snapshot.js';
import { type CheckedWith, takeSnapshot } from '../../src/run/take-snapshot.js';
import { findVerdictChanges } from '../../src/run/verdict-changes.js';
import { judgeAnswer } from '../support/judge-words.js';
import {
  type AttemptParts,
  answer,
  attemptOf,
  type DecisionParts,
  decisionOf,
  manifestOf,
  someExamples,
} from '../support/run-parts.js';

const AT = new Date('2025-02-03T04:05:06.000Z');

/** A check that fails or flags texts which contain these words. */
function suiteOf(words: Readonly<Record<string, 'fail' | 'flag'>>, version = 1): CheckSuite {
  const check: CandidateCheck = {
    ...{ id: 'words', version, severity: 'fail', description: 'Words.', reads: 'candidate' },
    find: ({ candidate }) =>
      Object.entries(words).flatMap(([word, severity]) =>
        candidate.includes(word) ? [{ message: word, severity }] : [],
      ),
  };
  return prepareSuite([check], {}, '');
}

const checkedWith = (suite: CheckSuite, parts: Partial<CheckedWith> = {}): CheckedWith => ({
  ...{ suite, file: null, burnish: '1.0.0' },
  ...parts,
});

function ledgerOf(
  attempts: readonly Attempt[],
  suite: CheckSuite,
  decisions: readonly DecisionParts[] = [],
): LedgerEntry[] {
  const source = {
    ...{ selection: someExamples(4), attempts },
    decisions: decisionsInForce(decisions.map(decisionOf)),
  };
  return drawUpLedger(source, { onFlag: 'keep', onFail: 'keep' }, () => 'better-answer', suite);
}

/** What changes between a check of the first `seen` attempts with one suite and a check of all with another. */
function changesBetween(
  before: CheckedWith,
  now: CheckedWith,
  parts: readonly AttemptParts[],
  { seen = parts.length, decisions = [] }: { seen?: number; decisions?: readonly DecisionParts[] } = {},
) {
  const attempts = parts.map(attemptOf);
  const earlier = attempts.slice(0, seen);
  const snapshot = takeSnapshot(earlier, ledgerOf(earlier, before.suite), before, AT);
  const manifest = { v: MANIFEST_VERSION, ...manifestOf(4), snapshot } as const;
  return findVerdictChanges({ manifest, attempts }, ledgerOf(attempts, now.suite, decisions), now);
}

const GOOD = { raw: answer('A good text.') };
const ODD = { raw: answer('An odd text.') };
const [NONE, FLAGS, FAILS] = [suiteOf({}), suiteOf({ odd: 'flag' }), suiteOf({ odd: 'fail' })];

describe('a snapshot', () => {
  test('has a sign for each attempt, in the order of the attempts', () => {
    const suite = suiteOf({ odd: 'flag', bad: 'fail' });
    const attempts = [
      { example: '2', ...ODD },
      { example: '0', fault: ['transport', 'timeout', 'late'] } as const,
      { example: '0', attempt: 2, ...GOOD },
      { example: '1', raw: 'No marker.' },
      { example: '1', attempt: 2, raw: answer('A bad text.') },
      { example: '2', attempt: 2, purpose: 'judge', raw: 'Fine.' } as const,
    ].map(attemptOf);
    const snapshot = takeSnapshot(attempts, ledgerOf(attempts, suite), checkedWith(suite), AT);
    expect(snapshot).toMatchObject({
      at: AT.toISOString(),
      burnish: '1.0.0',
      checksFile: null,
      verdicts: '?-.!!-',
    });
    expect(snapshot.checks.at(-1)).toEqual({ id: 'words', version: 1, severity: 'fail', thresholds: {} });
    expect(snapshotSchema.parse(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
  });

  test('takes a byte for an attempt, so that run.json stays small', () => {
    const attempts = Array.from({ length: 1000 }, (_, index) => attemptOf({ attempt: index + 1 }));
    const snapshot = takeSnapshot(attempts, ledgerOf(attempts, NONE), checkedWith(NONE), AT);
    expect(snapshot.verdicts).toHaveLength(1000);
  });
});

describe('verdicts that differ from the last check', () => {
  test('are unknown when there was none', () => {
    const manifest = { v: MANIFEST_VERSION, ...manifestOf(4) } as const;
    expect(findVerdictChanges({ manifest, attempts: [] }, ledgerOf([], NONE), checkedWith(NONE))).toBe(null);
  });

  test('are none when nothing has changed', () => {
    expect(changesBetween(checkedWith(FLAGS), checkedWith(FLAGS), [ODD])).toEqual({
      ...{ since: AT.toISOString(), rows: [], checks: [], checksFile: null, burnish: null },
    });
  });

  test.each([
    ['pass', 'flag', NONE, FLAGS],
    ['flag', 'fail', FLAGS, FAILS],
    ['fail', 'pass', FAILS, NONE],
  ])('are told by example: from %s to %s', (before, now, old, suite) => {
    const attempts = [{ ...GOOD }, { example: '3', ...ODD }];
    expect(changesBetween(checkedWith(old), checkedWith(suite), attempts)?.rows).toEqual([
      { id: '3', before, now },
    ]);
  });

  test('are those of the best reply that the check saw', () => {
    const better = [ODD, { attempt: 2, ...GOOD }];
    expect(changesBetween(checkedWith(NONE), checkedWith(FAILS), better)?.rows).toEqual([]);
    const both = [ODD, { attempt: 2, ...ODD }];
    expect(changesBetween(checkedWith(NONE), checkedWith(FAILS), both)?.rows).toHaveLength(1);
  });

  test('leave out what was answered later', () => {
    const attempts = [ODD, { attempt: 2, ...GOOD }, { example: '1', ...ODD }];
    expect(changesBetween(checkedWith(FAILS), checkedWith(FAILS), attempts, { seen: 1 })?.rows).toEqual([]);
    // The reply that was seen is judged otherwise, though a later one counts now.
    expect(changesBetween(checkedWith(FLAGS), checkedWith(FAILS), attempts, { seen: 1 })?.rows).toEqual([
      { id: '0', before: 'flag', now: 'fail' },
    ]);
  });

  test('leave out what a judge has said later, and no other reply', () => {
    const judged = (order: 'original-first' | 'refined-first', number: number): AttemptParts => ({
      ...{ attempt: number, purpose: 'judge', judged: { attempt: 1, order } },
      raw: judgeAnswer({ better: { text: 'original', quote: 'Original 0.' } }, order),
    });
    const attempts = [
      GOOD,
      { example: '1', ...ODD },
      judged('original-first', 2),
      judged('refined-first', 3),
    ];
    const now = checkedWith(FAILS);
    expect(ledgerOf(attempts.map(attemptOf), FAILS)[0]?.verdict).toBe('flag');
    expect(changesBetween(checkedWith(NONE), now, attempts, { seen: 2 })?.rows).toEqual([
      { id: '1', before: 'pass', now: 'fail' },
    ]);
    const milder = FAILS.map((prepared) =>
      prepared.check.id === 'judge_worse' ? { ...prepared, severity: 'note' as const } : prepared,
    );
    expect(changesBetween(now, checkedWith(milder), attempts)?.rows).toEqual([
      { id: '0', before: 'flag', now: 'pass' },
    ]);
  });

  test('are those of the accepted attempt where one was accepted', () => {
    const attempts = [ODD, { attempt: 2, ...GOOD }];
    const accept = (attempt: number) => ({
      decisions: [{ example: '0', action: 'accept', attempt }] as const,
    });
    expect(changesBetween(checkedWith(NONE), checkedWith(FAILS), attempts, accept(1))?.rows).toHaveLength(1);
    expect(changesBetween(checkedWith(NONE), checkedWith(FAILS), attempts, accept(2))?.rows).toEqual([]);
  });

  test('come with the checks that came, went or changed', () => {
    const stamp = { id: 'words', version: 1, severity: 'fail', thresholds: {} };
    const catalogue = prepareSuite([], {}, '');
    const changed = (before: CheckSuite, now: CheckSuite) =>
      changesBetween(checkedWith(before), checkedWith(now), [])?.checks;
    expect(changed(catalogue, NONE)).toEqual([{ check: 'words', before: null, now: stamp }]);
    expect(changed(NONE, catalogue)).toEqual([{ check: 'words', before: stamp, now: null }]);
    expect(changed(NONE, suiteOf({}, 2))).toEqual([
      { check: 'words', before: stamp, now: { ...stamp, version: 2 } },
    ]);
    const stricter = NONE.map((prepared) => ({ ...prepared, thresholds: { most: 2 } })).slice(-1);
    expect(changed(NONE.slice(-1), stricter)).toEqual([
      { check: 'words', before: stamp, now: { ...stamp, thresholds: { most: 2 } } },
    ]);
  });

  test('come with the checks file and the version of Burnish, if these are others', () => {
    const file = { path: '/checks.json', sha256: 'a' };
    const changes = changesBetween(
      checkedWith(NONE, { file }),
      checkedWith(NONE, { file: { ...file, sha256: 'b' }, burnish: '1.1.0' }),
      [],
    );
    expect(changes).toMatchObject({
      checksFile: { before: 'a', now: 'b' },
      burnish: { before: '1.0.0', now: '1.1.0' },
    });
    expect(changesBetween(checkedWith(NONE, { file }), checkedWith(NONE), [])?.checksFile).toEqual({
      before: 'a',
      now: null,
    });
  });

  test('are found as far as a snapshot goes that does not fit the attempts', () => {
    const attempts = [attemptOf(ODD)];
    const snapshot = {
      ...takeSnapshot(attempts, ledgerOf(attempts, NONE), checkedWith(NONE), AT),
      verdicts: '.?!-..',
    };
    const manifest = { v: MANIFEST_VERSION, ...manifestOf(4), snapshot } as const;
    expect(
      findVerdictChanges({ manifest, attempts }, ledgerOf(attempts, FAILS), checkedWith(FAILS))?.rows,
    ).toEqual([{ id: '0', before: 'pass', now: 'fail' }]);
  });
});
