import { describe, expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import type { Attempt } from '../../src/run/attempt.js';
import { type DecisionLine, decisionsInForce } from '../../src/run/decision.js';
import { drawUpLedger } from '../../src/run/ledger.js';
import { LivingLedger } from '../../src/run/living-ledger.js';
import { Random } from '../support/random.js';
import {
  answer,
  attemptOf,
  decisionOf,
  makeRun,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';

const folder = temporaryFolder();
const POLICIES = { onFlag: 'keep', onFail: 'block' } as const;
const SELECTION = someExamples(6);

/** What a reply may say: it passes, is flagged, fails; and what a judge may answer, well or not. */
const REPLIES = [
  answer('A better one, which says what it is about.'),
  answer('Original 1.'),
  'No answer at all.',
] as const;
const VERDICT = '{"asked_for":"yes","lost":[],"invented":[],"constraints":"yes","better":"second"}';

async function openLedger(): Promise<LivingLedger> {
  const dir = await makeRun(`${folder}/${Math.random().toString(36).slice(2)}`, SELECTION);
  return new LivingLedger({ dir, selection: SELECTION, policies: POLICIES, suite: DEFAULT_SUITE });
}

/** Some attempt that may follow; its number is the next of its example. */
function someAttempt(random: Random, before: readonly Attempt[]): Attempt {
  const example = String(random.below(SELECTION.length));
  const attempt = before.filter((one) => one.example === example).length + 1;
  const session = random.pick(['s1', 's2', 's3']);
  const common = { example, attempt, session, resendsLeft: random.below(2), resend: random.below(2) };
  const replied = before.find((one) => one.example === example && one.reply !== null);
  switch (random.below(5)) {
    case 0:
      return attemptOf({ ...common, fault: ['transport', 'server_error', 'down'] });
    case 1:
      return attemptOf({ ...common, fault: ['example', 'bad_request', 'no'] });
    case 2:
      if (replied !== undefined) {
        const order = random.pick(['original-first', 'refined-first'] as const);
        return attemptOf({
          ...common,
          purpose: 'judge',
          judged: { attempt: replied.attempt, order },
          raw: VERDICT,
        });
      }
      return attemptOf({ ...common, purpose: 'repair', raw: random.pick(REPLIES) });
    default:
      return attemptOf({
        ...common,
        purpose: random.pick(['first', 'repair', 'retry']),
        raw: random.pick(REPLIES),
      });
  }
}

function someDecision(random: Random): DecisionLine {
  const example = String(random.below(SELECTION.length));
  const action = random.pick(['accept', 'reject', 'edit', 'undo'] as const);
  if (action === 'accept') return decisionOf({ example, action, attempt: 1 + random.below(3) });
  if (action === 'edit') return decisionOf({ example, action, text: `Text ${random.below(100)}.` });
  return decisionOf({ example, action });
}

describe('a ledger in memory', () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'is after each step what would be drawn up from the files (random sequence %i)',
    async (seed) => {
      const random = new Random(seed);
      const ledger = await openLedger();
      const attempts: Attempt[] = [];
      const lines: DecisionLine[] = [];
      const shown = new Map<number, unknown>();
      for (let step = 0; step < 40; step++) {
        let changed: Set<number>;
        if (random.below(4) > 0) {
          const added: Attempt[] = [];
          for (let count = 1 + random.below(3); count > 0; count--) {
            added.push(someAttempt(random, [...attempts, ...added]));
          }
          attempts.push(...added);
          await ledger.learnFormats(added);
          changed = ledger.addAttempts(added);
        } else {
          lines.push(someDecision(random));
          changed = ledger.setDecisions(decisionsInForce(lines));
        }
        const source = { selection: SELECTION, attempts, decisions: decisionsInForce(lines) };
        const drawnUp = drawUpLedger(source, POLICIES, () => 'better-answer');
        const living = SELECTION.map((_, place) => ledger.entryAt(place));
        expect(living).toEqual(drawnUp);
        // Whoever was told of the changed places only knows all.
        for (const [place, entry] of living.entries()) {
          if (shown.has(place) && !changed.has(place)) expect(shown.get(place)).toEqual(entry);
          shown.set(place, entry);
        }
      }
      expect(ledger.attempts).toEqual(attempts);
    },
  );

  test('reads no reply twice, and settles only what a change concerns', async () => {
    const ledger = await openLedger();
    const attempts = SELECTION.map(({ id }) => attemptOf({ example: id, raw: REPLIES[0] }));
    await ledger.learnFormats(attempts);
    ledger.addAttempts(attempts);
    const before = SELECTION.map((_, place) => ledger.entryAt(place));
    const changed = ledger.setDecisions(decisionsInForce([decisionOf({ example: '2', action: 'reject' })]));
    const after = SELECTION.map((_, place) => ledger.entryAt(place));
    expect([...changed]).toEqual([2]);
    expect(after.map((entry, place) => entry === before[place])).toEqual([
      true,
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(after[2]?.assessed[0]).toBe(before[2]?.assessed[0]);
  });

  test('settles a fault anew with the next reply of its session, and not with those after it', async () => {
    const ledger = await openLedger();
    const fault = ['transport', 'server_error', 'down'] as const;
    const reply = { raw: REPLIES[0] };
    await ledger.learnFormats([attemptOf(reply)]);
    const add = (parts: Parameters<typeof attemptOf>[0]) =>
      [...ledger.addAttempts([attemptOf(parts)])].sort();
    expect(add({ example: '0', session: 's1', resendsLeft: 0, fault })).toEqual([0]);
    expect(ledger.entryAt(0).outcome).toBe('pending');
    expect(add({ example: '1', session: 's2', ...reply })).toEqual([1]);
    expect(add({ example: '2', session: 's1', ...reply })).toEqual([0, 2]);
    expect(ledger.entryAt(0).outcome).toBe('blocked');
    expect(add({ example: '3', session: 's1', ...reply })).toEqual([3]);
    expect(ledger.entryAt(0).outcome).toBe('blocked');
  });

  test('refuses an attempt at an example that was not selected', async () => {
    const ledger = await openLedger();
    expect(() => ledger.addAttempts([attemptOf({ example: '99' })])).toThrow(
      'Example 99 is not in the selection.',
    );
  });
});
