import { describe, expect, test } from 'vitest';
import { prepareSuite } from '../../src/checks/index.js';
import { decisionsInForce } from '../../src/run/decision.js';
import {
  countOutcomes,
  drawUpLedger,
  type LedgerEntry,
  type Policies,
  pendingExamples,
} from '../../src/run/ledger.js';
import type { Outcome } from '../../src/run/outcomes.js';
import {
  type AttemptParts,
  answer,
  attemptOf,
  type DecisionParts,
  decisionOf,
  PROMPT,
  someExamples,
} from '../support/run-parts.js';

const KEEP: Policies = { onFlag: 'keep', onFail: 'keep' };
const ORIGINAL = 'Original 0.';

const PASS = answer('Better.');
/** The original again: flagged as unchanged. */
const FLAG = answer(ORIGINAL);
/** Flagged twice: it is the original, and the second of two answers. */
const FLAG_TWICE = `${answer('Worse.')}${answer(ORIGINAL)}`;
/** Passes with a note: text after the end. */
const NOTED = `${answer('Noted.')}Bye.`;
const FAIL = 'Only a critique.';
const CUT: AttemptParts = { raw: '[Better Answer]\nBetter, but', finishReason: 'length' };

interface Given {
  readonly attempts?: readonly AttemptParts[];
  readonly decisions?: readonly DecisionParts[];
  readonly policies?: Partial<Policies>;
}

/** The ledger of a run with the examples 0 and 1. Attempts are of example 0 and numbered unless they say otherwise. */
function ledgerOf({ attempts = [], decisions = [], policies = {} }: Given): LedgerEntry[] {
  const source = {
    selection: someExamples(2),
    attempts: attempts.map((parts, index) => attemptOf({ attempt: index + 1, ...parts })),
    decisions: decisionsInForce(decisions.map(decisionOf)),
  };
  const ledger = drawUpLedger(source, { ...KEEP, ...policies }, () => 'better-answer');
  // Found in another way, so in each of these tests it has to come to the same.
  const pending = ledger.filter(({ outcome }) => outcome === 'pending').map(({ example }) => example);
  expect(pendingExamples(source)).toEqual(pending);
  return ledger;
}

function entryOf(given: Given): LedgerEntry {
  const [entry] = ledgerOf(given);
  if (entry === undefined) throw new Error('There is no entry.');
  return entry;
}

const accept = (attempt: number): DecisionParts[] => [{ example: '0', action: 'accept', attempt }];
const reject: DecisionParts[] = [{ example: '0', action: 'reject' }];
const edit: DecisionParts[] = [{ example: '0', action: 'edit', text: 'Mine.' }];
const refused: AttemptParts = { fault: ['example', 'content_filter', 'not this'] };
/** Out of re-sendings while example 1 was being answered. */
const givenUp: AttemptParts[] = [
  { fault: ['transport', 'timeout', 'late'], resend: 0, resendsLeft: 1 },
  { example: '1' },
  { fault: ['transport', 'timeout', 'later'], resend: 1, resendsLeft: 0 },
];

describe('the repairs of an example that were made', () => {
  const repair = (parts: AttemptParts = {}): AttemptParts => ({ purpose: 'repair', ...parts });
  const failed: AttemptParts = { raw: FAIL };

  test.each<[string, readonly AttemptParts[], number]>([
    ['none', [failed], 0],
    ['a retry is none', [failed, { raw: FAIL, purpose: 'retry' }], 0],
    ['whether they helped or not', [failed, repair({ raw: FAIL }), repair({ raw: PASS })], 2],
    ['those of another example do not count', [failed, repair({ example: '1' })], 0],
    ['one refused for good', [failed, repair(refused)], 1],
    ['one that was sent again is one', [failed, ...givenUp.map(repair), repair()].slice(0, 4), 1],
    [
      'one that was sent again and answered is one',
      [failed, repair({ fault: ['transport', 'timeout', 'late'], resendsLeft: 1 }), repair({ resend: 1 })],
      1,
    ],
    [
      'one that met an outage was not made',
      [failed, repair({ fault: ['transport', 'timeout', 'late'], resendsLeft: 0, session: 's2' })],
      0,
    ],
    [
      'nor was one that met a rate limit, was not waited for, or whose parameter was refused',
      [
        failed,
        repair({ fault: ['transport', 'rate_limited', 'slow'], resendsLeft: 0 }),
        repair({ fault: ['transport', 'given_up', 'stop'], resendsLeft: 0 }),
        repair({ fault: ['capability', 'unsupported_parameter', 'no'] }),
        { example: '1' },
      ],
      0,
    ],
    [
      'nor one whose batch ended before its turn',
      [failed, repair({ fault: ['transport', 'not_done', 'expired'], resendsLeft: 1 }), { example: '1' }],
      0,
    ],
  ])('%s', (_, attempts, repairs) => {
    expect(entryOf({ attempts })).toMatchObject({ repairs });
  });
});

describe('what reaches the training set', () => {
  test.each<[string, Given, Outcome, string | null]>([
    // accept and edit, at any verdict and policy
    ['accepted, pass', { attempts: [{ raw: PASS }], decisions: accept(1) }, 'refined', 'Better.'],
    [
      'accepted, flag, though flagged ones are dropped',
      { attempts: [{ raw: FLAG }], decisions: accept(1), policies: { onFlag: 'drop' } },
      'refined',
      ORIGINAL,
    ],
    [
      'accepted, fail, though failed ones are blocked',
      { attempts: [CUT], decisions: accept(1), policies: { onFail: 'block' } },
      'refined',
      'Better, but',
    ],
    ['edited, pass', { attempts: [{ raw: PASS }], decisions: edit }, 'refined', 'Mine.'],
    [
      'edited, fail, though failed ones are dropped',
      { attempts: [{ raw: FAIL }], decisions: edit, policies: { onFail: 'drop' } },
      'refined',
      'Mine.',
    ],
    ['edited, refused by the server', { attempts: [refused], decisions: edit }, 'refined', 'Mine.'],
    ['edited, never asked', { decisions: edit }, 'refined', 'Mine.'],
    // reject, at any verdict and policy
    ['rejected, pass', { attempts: [{ raw: PASS }], decisions: reject }, 'kept', ORIGINAL],
    [
      'rejected, fail, though failed ones are dropped',
      { attempts: [{ raw: FAIL }], decisions: reject, policies: { onFail: 'drop', onFlag: 'drop' } },
      'kept',
      ORIGINAL,
    ],
    ['rejected, never asked', { decisions: reject }, 'kept', ORIGINAL],
    // no decision
    ['pass', { attempts: [{ raw: PASS }] }, 'refined', 'Better.'],
    [
      'pass, whatever the policies',
      { attempts: [{ raw: PASS }], policies: { onFlag: 'block', onFail: 'block' } },
      'refined',
      'Better.',
    ],
    ['notes only', { attempts: [{ raw: NOTED }], policies: { onFlag: 'drop' } }, 'refined', 'Noted.'],
    ['flag, keep', { attempts: [{ raw: FLAG }] }, 'kept', ORIGINAL],
    ['flag, use', { attempts: [{ raw: FLAG_TWICE }], policies: { onFlag: 'use' } }, 'refined', ORIGINAL],
    ['flag, drop', { attempts: [{ raw: FLAG }], policies: { onFlag: 'drop' } }, 'dropped', null],
    ['flag, block', { attempts: [{ raw: FLAG }], policies: { onFlag: 'block' } }, 'blocked', null],
    [
      'flag, whatever is done with failed ones',
      { attempts: [{ raw: FLAG }], policies: { onFail: 'block' } },
      'kept',
      ORIGINAL,
    ],
    ['fail, keep', { attempts: [{ raw: FAIL }] }, 'kept', ORIGINAL],
    ['fail, drop', { attempts: [{ raw: FAIL }], policies: { onFail: 'drop' } }, 'dropped', null],
    ['fail, block', { attempts: [CUT], policies: { onFail: 'block' } }, 'blocked', null],
    [
      'fail, whatever is done with flagged ones',
      { attempts: [CUT], policies: { onFlag: 'use' } },
      'kept',
      ORIGINAL,
    ],
    ['refused by the server, keep', { attempts: [refused] }, 'kept', ORIGINAL],
    ['refused by the server, drop', { attempts: [refused], policies: { onFail: 'drop' } }, 'dropped', null],
    ['refused by the server, block', { attempts: [refused], policies: { onFail: 'block' } }, 'blocked', null],
    ['out of re-sendings, keep', { attempts: givenUp }, 'kept', ORIGINAL],
    ['out of re-sendings, drop', { attempts: givenUp, policies: { onFail: 'drop' } }, 'dropped', null],
    ['out of re-sendings, block', { attempts: givenUp, policies: { onFail: 'block' } }, 'blocked', null],
    // a later request that settles nothing
    ...(
      [
        ['run', 'unauthorized'],
        ['transport', 'connection'],
        ['transport', 'rate_limited'],
        ['transport', 'given_up'],
      ] as const
    ).flatMap(([kind, code]): [string, Given, Outcome, string | null][] => {
      const later: AttemptParts = { fault: [kind, code, 'later'], resendsLeft: 0, session: 's2' };
      const cases: [string, AttemptParts[], Outcome, string | null][] = [
        ['answered', [{ raw: PASS }], 'refined', 'Better.'],
        ['refused by the server', [refused], 'kept', ORIGINAL],
        ['out of re-sendings', givenUp, 'kept', ORIGINAL],
        ['never answered', [], 'pending', null],
      ];
      return cases.map(([title, attempts, outcome, text]) => [
        `${title}, then ${code}`,
        { attempts: [...attempts, later] },
        outcome,
        text,
      ]);
    }),
    [
      'never answered but by a rate limit, while others were answered',
      {
        attempts: [
          { fault: ['transport', 'rate_limited', 'slow'], resend: 0, resendsLeft: 1 },
          { example: '1' },
          { fault: ['transport', 'rate_limited', 'slow'], resend: 1, resendsLeft: 0 },
        ],
        policies: { onFail: 'drop' },
      },
      'pending',
      null,
    ],
    [
      'given up by the user in its last sending, while others were answered',
      {
        attempts: [
          { fault: ['transport', 'timeout', 'late'], resend: 0, resendsLeft: 1 },
          { example: '1' },
          { fault: ['transport', 'given_up', 'not waited for'], resend: 1, resendsLeft: 0 },
        ],
        policies: { onFail: 'drop' },
      },
      'pending',
      null,
    ],
    ['not answered yet', {}, 'pending', null],
    [
      'not answered yet, whatever the policies',
      { policies: { onFlag: 'drop', onFail: 'drop' } },
      'pending',
      null,
    ],
  ])('%s', (_, given, outcome, text) => {
    expect(entryOf(given)).toMatchObject({ outcome, text });
  });

  test('is accounted for with every selected example once, in order', () => {
    const ledger = ledgerOf({ attempts: [{ example: '1' }] });
    expect(ledger.map(({ example, outcome }) => [example.id, outcome])).toEqual([
      ['0', 'pending'],
      ['1', 'refined'],
    ]);
    expect(countOutcomes(ledger)).toEqual({ refined: 1, kept: 0, dropped: 0, blocked: 0, pending: 1 });
  });

  test.each([
    ['nothing', FAIL],
    ['blanks', answer(' \n')],
    ['a NUL character', answer('No\0thing.')],
    ['half a surrogate pair', answer('Half \ud83d a smile.')],
  ])('is never %s, whatever the checks are set to', (_, raw) => {
    const off = Object.fromEntries(['no_answer', 'empty', 'encoding'].map((id) => [id, 'off' as const]));
    const suite = prepareSuite([], { severity: off }, '');
    const source = {
      selection: someExamples(1),
      attempts: [attemptOf({ raw })],
      decisions: new Map(),
    };
    const policies = { onFlag: 'use', onFail: 'drop' } as const;
    expect(drawUpLedger(source, policies, () => 'better-answer', suite)).toMatchObject([
      {
        outcome: 'dropped',
        verdict: 'fail',
        text: null,
        reason: 'the reply has no text that a training set can hold',
      },
    ]);
    const accepted = { ...source, decisions: decisionsInForce(accept(1).map(decisionOf)) };
    expect(drawUpLedger(accepted, policies, () => 'better-answer', suite)).toMatchObject([
      { outcome: 'blocked', text: null },
    ]);
  });

  test('is never a text that somebody accepted and that is not there', () => {
    for (const given of [
      { attempts: [{ raw: PASS }], decisions: accept(2) },
      { attempts: [{ raw: FAIL }], decisions: accept(1) },
      { attempts: [refused], decisions: accept(1) },
      { decisions: accept(1) },
    ]) {
      expect(entryOf(given)).toMatchObject({
        outcome: 'blocked',
        text: null,
        reason: expect.stringMatching(/^accepted by hand, but attempt [12] has no refined response/),
      });
    }
  });
});

describe('the reason', () => {
  test.each<[string, Given, string | null]>([
    ['is none for a reply that passed', { attempts: [{ raw: PASS }] }, null],
    ['is none for notes', { attempts: [{ raw: NOTED }] }, null],
    ['is none for what was not asked', {}, null],
    [
      'names the check',
      { attempts: [{ raw: FLAG }] },
      'unchanged: The text is the same as the original response.',
    ],
    [
      'is given for flagged ones that are used, too',
      { attempts: [{ raw: FLAG }], policies: { onFlag: 'use' } },
      'unchanged: The text is the same as the original response.',
    ],
    [
      'names every finding that is as bad as the verdict, and no milder one',
      { attempts: [{ raw: `${FLAG_TWICE}Bye.` }] },
      'unchanged: The text is the same as the original response.; several_answers: The reply holds 2 answers; the last was taken.',
    ],
    [
      'tells what the server said',
      { attempts: [refused] },
      'refused by the server: content_filter: not this',
    ],
    ['tells how often it was sent', { attempts: givenUp }, 'no reply after 2 sendings: timeout: later'],
    ['tells of a rejection', { attempts: [{ raw: FAIL }], decisions: reject }, 'rejected by hand'],
    ['tells of an edit', { attempts: [{ raw: FAIL }], decisions: edit }, 'edited by hand'],
    ['tells of an acceptance', { attempts: [CUT], decisions: accept(1) }, 'accepted by hand'],
  ])('%s', (_, given, reason) => {
    expect(entryOf(given).reason).toBe(reason);
  });
});

describe('the attempt that counts', () => {
  const raws = (...all: readonly string[]): AttemptParts[] => all.map((raw) => ({ raw }));

  test.each<[string, AttemptParts[], number | null]>([
    ['is the only one', raws(PASS), 1],
    ['is one that passed before flagged and failed ones', raws(FLAG, PASS, FAIL, FLAG), 2],
    ['is a flagged one before failed ones', raws(FAIL, FLAG, FAIL), 2],
    ['is a flagged one with fewer findings, though it is older', raws(FLAG, FLAG_TWICE), 1],
    ['is one that passed without a note, though it is older', raws(PASS, NOTED), 1],
    ['is a noted one before a flagged one with as many findings', raws(NOTED, FLAG), 1],
    ['is the newest among equals', raws(PASS, PASS, FAIL), 2],
    ['is the newest though an older one was retried with success before', raws(FLAG, FLAG, FLAG), 3],
    ['is none when none brought a reply', [refused], null],
    ['is one with a reply, though a retry was refused', [{ raw: FLAG }, refused], 1],
    ['is one with a failed reply, though a retry was never answered', [{ raw: FAIL }, ...givenUp], 1],
    ['is none that a judge was asked for', [{ raw: PASS, purpose: 'judge' }], null],
    ['may be a repair', [{ raw: FAIL }, { raw: PASS, purpose: 'repair' }], 2],
    ['may be a retry', [{ raw: FLAG }, { raw: PASS, purpose: 'retry' }], 2],
  ])('%s', (_, attempts, expected) => {
    expect(entryOf({ attempts }).chosen?.attempt.attempt ?? null).toBe(expected);
  });

  test('is the accepted one, however it compares', () => {
    const attempts = raws(FLAG, PASS, NOTED);
    for (const [attempt, text] of [
      [1, ORIGINAL],
      [2, 'Better.'],
      [3, 'Noted.'],
    ] as const) {
      const entry = entryOf({ attempts, decisions: accept(attempt) });
      expect(entry.chosen?.attempt.attempt).toBe(attempt);
      expect(entry.text).toBe(text);
    }
  });

  test('is accepted by its number among those of its own example', () => {
    const attempts: AttemptParts[] = [
      { example: '1', attempt: 1, raw: answer('Other.') },
      { example: '0', attempt: 1, raw: PASS },
    ];
    expect(entryOf({ attempts, decisions: accept(1) }).text).toBe('Better.');
  });

  test('stands among all that brought a reply, oldest first', () => {
    const { assessed } = entryOf({ attempts: [{ raw: FAIL }, refused, { raw: PASS }] });
    expect(assessed.map(({ attempt, verdict }) => [attempt.attempt, verdict])).toEqual([
      [1, 'fail'],
      [3, 'pass'],
    ]);
  });

  test('is read in the format of the prompt that it was asked with', () => {
    const source = {
      selection: someExamples(1),
      attempts: [attemptOf({ raw: FAIL }), attemptOf({ raw: 'Plain.', attempt: 2, prompt: 'p' })],
      decisions: new Map(),
    };
    const [entry] = drawUpLedger(source, KEEP, (hash) => (hash === PROMPT.hash ? 'better-answer' : 'plain'));
    expect(entry).toMatchObject({ outcome: 'refined', text: 'Plain.' });
  });
});

describe('an example without a reply', () => {
  const fault = (kind: 'run' | 'capability' | 'transport', resendsLeft = 0, rest: AttemptParts = {}) => ({
    fault: [kind, 'code', 'words'] as const,
    resendsLeft,
    ...rest,
  });

  test.each<[string, AttemptParts[], Outcome]>([
    ['is pending after the run was refused', [{ example: '1' }, fault('run')], 'pending'],
    ['is pending after a parameter was refused', [{ example: '1' }, fault('capability')], 'pending'],
    ['is pending while re-sendings are left', [fault('transport', 1), { example: '1' }], 'pending'],
    ['is pending when nobody was answered at all', [fault('transport')], 'pending'],
    [
      'is pending when the last answer came before it was first sent: an outage',
      [{ example: '1' }, fault('transport', 1), fault('transport', 0, { resend: 1 })],
      'pending',
    ],
    [
      'is pending when others were answered in another session only',
      [fault('transport', 0, { session: 's0' }), { example: '1', session: 's1' }],
      'pending',
    ],
    [
      'is given up when another was answered between its sendings',
      [fault('transport', 1), { example: '1' }, fault('transport', 0, { resend: 1 })],
      'kept',
    ],
    ['is given up when another was answered after its last', [fault('transport'), { example: '1' }], 'kept'],
    [
      'stays given up when a later session was an outage',
      [
        fault('transport'),
        { example: '1' },
        fault('transport', 1, { session: 's2' }),
        fault('transport', 0, { session: 's2', resend: 1 }),
      ],
      'kept',
    ],
    ['stays refused when a later session was stopped', [refused, fault('transport', 2)], 'kept'],
    ['is refused for good by the latest word', [...givenUp, refused], 'kept'],
  ])('%s', (_, attempts, outcome) => {
    const entry = entryOf({ attempts });
    expect(entry.outcome).toBe(outcome);
    expect(entry.verdict).toBe(outcome === 'pending' ? null : 'fail');
    expect(entry.chosen).toBeNull();
  });
});
