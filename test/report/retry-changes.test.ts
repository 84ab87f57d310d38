import { describe, expect, test } from 'vitest';
import { changeLines, changesOf, type RetryChanges } from '../../src/report/retry-changes.js';
import { ledgerWith } from '../support/entries.js';
import { type AttemptParts, answer } from '../support/run-parts.js';

const first = (example: number, parts: AttemptParts): AttemptParts => ({
  example: String(example),
  ...parts,
});
const again = (example: number, raw: string): AttemptParts => ({
  ...{ example: String(example), attempt: 2, purpose: 'retry', raw },
});

const NOTHING = 'A critique.';
const SAME = (example: number): string => answer(`Original ${example}.`);
const TWICE = (example: number): string => `${answer('One.')}${SAME(example)}`;

/** 0 fails, 1 is flagged, 2 is flagged twice, 3 was refused, 4 is pending, 5 passes with a note, 6 fails. */
const BEFORE: AttemptParts[] = [
  first(0, { raw: NOTHING }),
  first(1, { raw: SAME(1) }),
  first(2, { raw: TWICE(2) }),
  first(3, { fault: ['example', 'bad_request', 'no'] }),
  first(5, { raw: `${answer('Good.')}Bye.` }),
  first(6, { raw: NOTHING }),
];

/** What the examples that are asked again get; the others stay as they are. */
function retried(answers: Readonly<Record<number, string>>): RetryChanges {
  const later = Object.entries(answers).map(([id, raw]) => again(Number(id), raw));
  return changesOf(
    ledgerWith(7, BEFORE),
    ledgerWith(7, [...BEFORE, ...later]),
    new Set(Object.keys(answers)),
  );
}

describe('changesOf', () => {
  test('counts what became of verdicts, and in how many examples each check found something', () => {
    const changes = retried({
      0: SAME(0),
      1: answer('Better.'),
      2: answer('Better.'),
      3: NOTHING,
      4: SAME(4),
      6: NOTHING,
    });
    expect(changes.verdicts).toEqual([
      { before: 'fail', after: 'fail', examples: 2 },
      { before: 'fail', after: 'flag', examples: 1 },
      { before: 'flag', after: 'pass', examples: 2 },
      { before: null, after: 'flag', examples: 1 },
    ]);
    expect(changes.checks).toEqual([
      { check: 'no_answer', gone: 1, stayed: 1, appeared: 1 },
      { check: 'several_answers', gone: 1, stayed: 0, appeared: 0 },
      { check: 'unchanged', gone: 2, stayed: 0, appeared: 2 },
    ]);
  });

  test('tells of each example which attempt counted, and which does', () => {
    expect(retried({ 2: answer('Better.'), 4: SAME(4) }).examples).toEqual([
      {
        id: '2',
        before: { verdict: 'flag', attempt: 1, checks: ['unchanged', 'several_answers'] },
        after: { verdict: 'pass', attempt: 2, checks: [] },
      },
      {
        id: '4',
        before: { verdict: null, attempt: null, checks: [] },
        after: { verdict: 'flag', attempt: 2, checks: ['unchanged'] },
      },
    ]);
  });

  test('goes by the attempt that counts: a worse reply changes nothing, a mended note is gone', () => {
    expect(retried({ 1: NOTHING })).toMatchObject({
      verdicts: [{ before: 'flag', after: 'flag', examples: 1 }],
      checks: [{ check: 'unchanged', gone: 0, stayed: 1, appeared: 0 }],
    });
    expect(retried({ 5: answer('Better.') })).toMatchObject({
      verdicts: [{ before: 'pass', after: 'pass', examples: 1 }],
      checks: [{ check: 'text_after_end', gone: 1, stayed: 0, appeared: 0 }],
    });
  });

  test('leaves out what was not asked, though it changed as well', () => {
    const after = ledgerWith(7, [...BEFORE, again(0, answer('Better.')), again(1, answer('Better.'))]);
    expect(changesOf(ledgerWith(7, BEFORE), after, new Set(['1'])).examples.map(({ id }) => id)).toEqual([
      '1',
    ]);
    expect(retried({})).toEqual({ examples: [], verdicts: [], checks: [] });
  });
});

describe('changeLines', () => {
  test('show both as tables', () => {
    expect(
      changeLines(retried({ 0: SAME(0), 1: answer('Better.'), 4: answer('Good.'), 6: NOTHING })),
    ).toEqual([
      '  fail -> fail               1',
      '  fail -> flag               1',
      '  flag -> pass               1',
      '  pending -> pass            1',
      '',
      '                          gone    stayed  appeared',
      '  no_answer                  1         1         0',
      '  unchanged                  1         0         1',
    ]);
  });

  test('show no table of checks that found nothing, and nothing of nothing', () => {
    expect(changeLines(retried({ 3: answer('Better.') }))).toEqual(['  fail -> pass               1']);
    expect(changeLines(retried({}))).toEqual([]);
  });

  test('stay in line below a long name, and show nothing that a terminal obeys', () => {
    const check = { check: `an_own_check_with_a_long_name\u001b[2J`, gone: 1234, stayed: 0, appeared: 2 };
    const lines = changeLines({
      examples: [],
      verdicts: [{ before: 'fail', after: 'pass', examples: 1234 }],
      checks: [check],
    });
    expect(lines.join('\n')).not.toContain('\u001b');
    expect(lines[3]).toContain('an_own_check_with_a_long_name\\x1b[2J     1,234         0         2');
    expect(lines[2]?.length).toBe(lines[3]?.length);
  });
});
