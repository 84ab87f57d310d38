import { describe, expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import {
  checksIn,
  compare,
  currentVersion,
  toComparedRow,
  versionOfAttempt,
} from '../../src/report/compare.js';
import type { LedgerEntry } from '../../src/run/ledger.js';
import { entryWith } from '../support/entries.js';
import { type AttemptParts, answer, attemptOf } from '../support/run-parts.js';

const changed = entryWith([{ raw: answer('Better 0.') }]);
const edited = entryWith([{ raw: answer('Better 0.') }], [{ example: '0', action: 'edit', text: 'Mine 0.' }]);
const rejected = entryWith([{ raw: answer('Better 0.') }], [{ example: '0', action: 'reject' }]);
const failed = entryWith([{ raw: 'A critique.' }]);
const pending = entryWith([]);
const same = entryWith([{ raw: answer('Original 0.') }]);

describe('compare', () => {
  test.each<[string, LedgerEntry, string | null, number | null]>([
    ['the candidate', changed, 'Better 0.', 0.5],
    ['the text that a person wrote', edited, 'Mine 0.', 0.5],
    ['the candidate that a person rejected', rejected, 'Better 0.', 0.5],
    ['a candidate that is the original', same, 'Original 0.', 0],
    ['nothing, after a reply without a candidate', failed, null, null],
    ['nothing, while there is no reply', pending, null, null],
  ])('sets beside the original %s', (_, entry, refined, share) => {
    expect(compare(entry)).toEqual({ id: '0', original: 'Original 0.', refined, changed: share });
  });
});

describe('toComparedRow', () => {
  test.each<[string, LedgerEntry, object]>([
    ['refined', changed, { verdict: 'pass', checks: [], changed: 0.5, words: { original: 2, refined: 2 } }],
    ['unchanged', same, { verdict: 'flag', checks: ['unchanged'], changed: 0, decision: null }],
    ['failed', failed, { verdict: 'fail', checks: ['no_answer'], words: { original: 2, refined: null } }],
    ['edited', edited, { verdict: 'pass', decision: 'edit' }],
    ['pending', pending, { verdict: null, checks: [], changed: null }],
  ])('tells of an example that is %s', (_, entry, row) => {
    expect(toComparedRow(entry, compare(entry))).toMatchObject({ id: '0', instruction: 'Ask 0?', ...row });
  });
});

test('checksIn names a check once, however often it found something', () => {
  const finding = { severity: 'flag', message: '', start: null, end: null } as const;
  expect(checksIn(['a', 'b', 'a'].map((check) => ({ check, ...finding })))).toEqual(['a', 'b']);
});

describe('the versions of an example', () => {
  test('are what counts, with what the checks say of it', () => {
    expect(currentVersion(changed, DEFAULT_SUITE)).toMatchObject({
      attempt: { attempt: 1 },
      refined: 'Better 0.',
      parsed: { critique: 'Thin.' },
    });
    expect(currentVersion(same, DEFAULT_SUITE).findings).toMatchObject([{ check: 'unchanged' }]);
    expect(currentVersion(pending, DEFAULT_SUITE)).toEqual({
      ...{ attempt: null, refined: null, findings: [], parsed: null },
    });
  });

  test('are checked anew where a person wrote one', () => {
    const copied = entryWith(
      [{ raw: answer('Better 0.') }],
      [{ example: '0', action: 'edit', text: 'Original 0.' }],
    );
    expect(currentVersion(copied, DEFAULT_SUITE)).toMatchObject({
      attempt: null,
      refined: 'Original 0.',
      findings: [{ check: 'unchanged' }],
    });
  });

  test('have their findings where they stand, also after blanks', () => {
    const text = '\n\n  A wall needs no mortar. [End]';
    const marked = entryWith([{ raw: answer('Better 0.') }], [{ example: '0', action: 'edit', text }]);
    const { findings } = currentVersion(marked, DEFAULT_SUITE);
    const residue = findings.find(({ check }) => check === 'marker_residue');
    expect(text.slice(residue?.start ?? 0, residue?.end ?? 0)).toBe('[End]');
  });

  test('are also those of attempts that do not count', () => {
    const parts: AttemptParts[] = [
      { raw: 'A critique.' },
      { raw: answer('Better 0.'), attempt: 2, purpose: 'repair' },
      { fault: ['transport', 'timeout', 'no'], attempt: 3 },
    ];
    const entry = entryWith(parts);
    const [first] = entry.assessed;
    if (first === undefined) throw new Error('There is no attempt.');
    expect(versionOfAttempt(entry, first.attempt)).toMatchObject({
      refined: null,
      findings: [{ check: 'no_answer' }],
    });
    const fault = attemptOf(parts[2]);
    expect(versionOfAttempt(entry, fault)).toEqual({
      ...{ attempt: fault, refined: null, findings: [], parsed: null },
    });
  });
});
