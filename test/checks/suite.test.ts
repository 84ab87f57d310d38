import { describe, expect, test } from 'vitest';
import {
  CHECKS,
  type CheckSettings,
  type CheckSuite,
  candidateCheck,
  DEFAULT_SUITE,
  prepareSuite,
  runChecks,
  stampSuite,
} from '../../src/checks/index.js';
import { UserError } from '../../src/errors.js';
import { answer, subjectOf } from './subject.js';

const tooShort = candidateCheck({
  id: 'too_short',
  version: 3,
  severity: 'flag',
  description: 'Few words.',
  thresholds: {
    words: { default: 5, description: 'The fewest words that are enough.' },
    lines: { default: 1, description: 'The fewest lines that are enough.' },
  },
  find: ({ refined }, { words }) =>
    refined.wordCount < words ? [{ message: `${refined.wordCount} of ${words} words.` }] : [],
});

function idsOf(suite: CheckSuite): string[] {
  return suite.map(({ check }) => check.id);
}

function refusalOf(own: Parameters<typeof prepareSuite>[0], settings: CheckSettings): UserError {
  try {
    prepareSuite(own, settings, 'checks.json');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  return expect.fail('nothing was refused');
}

describe('prepareSuite', () => {
  test('has every check of the catalogue, in its order, with its own severity and thresholds', () => {
    expect(idsOf(DEFAULT_SUITE)).toEqual(CHECKS.map(({ id }) => id));
    for (const { check, severity, thresholds } of DEFAULT_SUITE) {
      expect(severity).toBe(check.severity);
      expect(Object.keys(thresholds)).toEqual(Object.keys(check.thresholds ?? {}));
      for (const [name, value] of Object.entries(thresholds)) {
        expect(value).toBe(check.thresholds?.[name]?.default);
      }
    }
  });

  test('puts the checks of the user last', () => {
    expect(idsOf(prepareSuite([tooShort], {}, 'checks.json'))).toEqual([
      ...CHECKS.map(({ id }) => id),
      'too_short',
    ]);
  });

  test('changes the severities and thresholds that are set, and no others', () => {
    const settings: CheckSettings = {
      severity: { too_short: 'note', unchanged: 'fail' },
      thresholds: { too_short: { words: 9 } },
    };
    const suite = prepareSuite([tooShort], settings, 'checks.json');
    expect(suite.at(-1)).toEqual({ check: tooShort, severity: 'note', thresholds: { words: 9, lines: 1 } });
    const others = suite.filter(({ check }) => check.id !== 'too_short' && check.id !== 'unchanged');
    expect(others).toEqual(DEFAULT_SUITE.filter(({ check }) => check.id !== 'unchanged'));
    expect(suite.find(({ check }) => check.id === 'unchanged')?.severity).toBe('fail');
  });

  test('takes 0 for a threshold as 0', () => {
    const suite = prepareSuite([tooShort], { thresholds: { too_short: { words: 0 } } }, 'checks.json');
    expect(suite.at(-1)?.thresholds).toEqual({ words: 0, lines: 1 });
  });

  test('leaves out a check that is off', () => {
    const suite = prepareSuite([tooShort], { severity: { too_short: 'off', empty: 'off' } }, 'checks.json');
    expect(idsOf(suite)).toEqual(CHECKS.map(({ id }) => id).filter((id) => id !== 'empty'));
  });

  test.each<[string, CheckSettings, string, string]>([
    ['a severity for a check', { severity: { vnchanged: 'note' } }, '"vnchanged"', 'unchanged'],
    ['off for a check', { severity: { vnchanged: 'off' } }, '"vnchanged"', 'unchanged'],
    ['a threshold for a check', { thresholds: { vnchanged: { words: 1 } } }, '"vnchanged"', 'unchanged'],
    ['a threshold', { thresholds: { too_short: { chars: 1 } } }, '"chars"', 'words, lines'],
    ['a threshold', { thresholds: { empty: { words: 1 } } }, '"words"', 'none: it has no thresholds'],
  ])('refuses %s that nothing has: %j', (_, settings, found, expected) => {
    const error = refusalOf([tooShort], settings);
    expect(error).toMatchObject({ code: 'config', facts: { where: 'checks.json', found } });
    expect(error.facts.expected).toContain(expected);
    expect(error.message).toContain(found);
  });

  test('says of a threshold whose it would be, and of a check that it is one', () => {
    const threshold = refusalOf([tooShort], { thresholds: { too_short: { chars: 1 } } });
    expect(threshold.message).toContain('a threshold of too_short');
    expect(refusalOf([], { severity: { x: 'off' } }).message).toContain('a check called "x"');
  });

  test('refuses names that every object has', () => {
    expect(refusalOf([], { severity: { toString: 'note' as const } }).facts.found).toBe('"toString"');
    expect(refusalOf([tooShort], { thresholds: { too_short: { constructor: 1 } } }).facts.found).toBe(
      '"constructor"',
    );
  });

  test.each([
    ['of the user and of the catalogue', [{ ...tooShort, id: 'empty' }], '"empty"'],
    ['of the user twice', [tooShort, tooShort], '"too_short"'],
  ])('refuses an id %s', (_, own, found) => {
    expect(refusalOf(own, {})).toMatchObject({
      code: 'config',
      message: 'Two checks have the same id.',
      facts: { where: 'checks.json', expected: 'an id of its own for each check', found },
    });
  });
});

describe('a prepared suite', () => {
  const subject = subjectOf({ raw: answer('The Moon does.') });

  test('runs each check with its thresholds and severity', () => {
    const settings: CheckSettings = {
      severity: { too_short: 'fail' },
      thresholds: { too_short: { words: 4 } },
    };
    expect(runChecks(subject, prepareSuite([tooShort], settings, 'checks.json'))).toEqual([
      { check: 'too_short', severity: 'fail', message: '3 of 4 words.', start: null, end: null },
    ]);
    expect(runChecks(subject, prepareSuite([tooShort], {}, 'checks.json'))).toMatchObject([
      { severity: 'flag', message: '3 of 5 words.' },
    ]);
  });

  test('lets a case be milder than its check is set to, never worse', () => {
    const mild = candidateCheck({
      ...{ id: 'mild', version: 1, severity: 'fail', description: 'Mild.' },
      find: () => [{ message: 'm', severity: 'flag' }],
    });
    const severityWith = (severity: 'fail' | 'flag' | 'note') =>
      runChecks(subject, prepareSuite([mild], { severity: { mild: severity } }, 'checks.json'))[0]?.severity;
    expect(severityWith('fail')).toBe('flag');
    expect(severityWith('flag')).toBe('flag');
    expect(severityWith('note')).toBe('note');
  });
});

describe('stampSuite', () => {
  test('keeps what may lead to another verdict', () => {
    const suite = prepareSuite([tooShort], { severity: { too_short: 'note', empty: 'off' } }, 'checks.json');
    const stamps = stampSuite(suite);
    expect(stamps.at(-1)).toEqual({
      ...{ id: 'too_short', version: 3, severity: 'note' },
      thresholds: { words: 5, lines: 1 },
    });
    expect(stamps.map(({ id }) => id)).toEqual(idsOf(suite));
    expect(JSON.parse(JSON.stringify(stamps))).toEqual(stamps);
  });
});
