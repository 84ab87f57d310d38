import {
  type CheckSuite,
  DEFAULT_SUITE,
  type Finding,
  runChecks,
  type Verdict,
  verdictOf,
} from '../checks/index.js';
import type { Example } from '../dataset/example.js';
import { type JudgeAnswer, type Judgement, judge } from '../judge/index.js';
import { type ParsedReply, parseReply, type ReplyFormat } from '../parse.js';
import type { Attempt } from './attempt.js';
import type { Decision } from './decision.js';
import {
  countRepairs,
  groupByExample,
  lastReplyOfSessions,
  type PlacedAttempt,
  whyGivenUp,
} from './given-up.js';
import { judgeAnswers } from './judge-answers.js';
import type { RunSettings } from './manifest.js';
import { OUTCOMES, type Outcome } from './outcomes.js';
import { isUsableText } from './usable-text.js';

/** An attempt whose reply was read and checked. */
export interface AssessedAttempt {
  readonly attempt: Attempt;
  readonly parsed: ParsedReply;
  /** What another model says of it; null when none was asked. */
  readonly judgement: Judgement | null;
  /** By rules and by the judgement. */
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

/** Where one example of a run stands. */
export interface LedgerEntry {
  readonly example: Example;
  readonly outcome: Outcome;
  /** Why; null for a refined example whose reply passed, and for one that was never asked. */
  readonly reason: string | null;
  /** `fail` when nothing usable came; null while pending. */
  readonly verdict: Verdict | null;
  /** Every attempt that brought a reply, oldest first. */
  readonly assessed: readonly AssessedAttempt[];
  /** The attempt that counts; null when none brought a reply. */
  readonly chosen: AssessedAttempt | null;
  readonly decision: Decision | null;
  /** How many repairs were made. */
  readonly repairs: number;
  /** What the training set gets as the response; null when the example is not in it. */
  readonly text: string | null;
}

export type Policies = Pick<RunSettings, 'onFlag' | 'onFail'>;

/** What a ledger is drawn up from. */
export interface LedgerSource {
  readonly selection: readonly Example[];
  readonly attempts: readonly Attempt[];
  readonly decisions: ReadonlyMap<string, Decision>;
}

/**
 * Draws up the account of a run: every selected example once, in order, with outcome and reason. Pure: raw
 * replies are read and checked afresh.
 *
 * @param formatOf the reply format of the prompt with that hash
 */
export function drawUpLedger(
  source: LedgerSource,
  policies: Policies,
  formatOf: (promptHash: string) => ReplyFormat,
  suite: CheckSuite = DEFAULT_SUITE,
): LedgerEntry[] {
  return [...ledgerEntries(source, policies, formatOf, suite)];
}

/** The same, entry by entry: reading and checking the replies of a large run takes a while. */
export function* ledgerEntries(
  source: LedgerSource,
  policies: Policies,
  formatOf: (promptHash: string) => ReplyFormat,
  suite: CheckSuite,
): Generator<LedgerEntry> {
  const byExample = groupByExample(source.attempts);
  const lastReplies = lastReplyOfSessions(source.attempts);
  for (const example of source.selection) {
    const own = byExample.get(example.id) ?? [];
    const decision = source.decisions.get(example.id) ?? null;
    yield settleExample({ example, own, lastReplies, decision }, policies, (attempt, answers) =>
      assessReply(example, attempt, answers, formatOf(attempt.prompt), suite),
    );
  }
}

/** What is known of one example of a run. */
export interface ExampleFacts {
  readonly example: Example;
  /** All attempts at it, oldest first. */
  readonly own: readonly PlacedAttempt[];
  /** As `lastReplyOfSessions` finds them: all that the account of an example takes from those of others. */
  readonly lastReplies: ReadonlyMap<string, number>;
  readonly decision: Decision | null;
}

/** Reads and checks the reply that an attempt brought, with what a judge answered about it. */
export type Assess = (attempt: ReplyingAttempt, answers: readonly JudgeAnswer[]) => AssessedAttempt;

/** Draws up the account of one example. */
export function settleExample(
  { example, own, lastReplies, decision }: ExampleFacts,
  policies: Policies,
  assess: Assess,
): LedgerEntry {
  const judged = judgeAnswers(own, lastReplies);
  const assessed = own.flatMap(({ attempt }) =>
    bringsReply(attempt) ? [assess(attempt, judged.get(attempt.attempt) ?? [])] : [],
  );
  const accepted = decision?.action === 'accept' ? decision.attempt : null;
  const chosen = assessed.find(({ attempt }) => attempt.attempt === accepted) ?? bestOf(assessed);
  const standing =
    chosen === null
      ? standingWithoutReply(own, lastReplies)
      : { verdict: chosen.verdict, reason: reasonOf(chosen) };
  return {
    example,
    assessed,
    chosen,
    decision,
    repairs: countRepairs(own, lastReplies),
    verdict: standing?.verdict ?? null,
    ...settle(example, chosen, decision, standing, policies),
  };
}

/**
 * The examples whose outcome would be pending, in order: found without reading or checking a single reply, because
 * whatever a reply says, its example is not pending.
 */
export function pendingExamples({ selection, attempts, decisions }: LedgerSource): Example[] {
  const byExample = groupByExample(attempts);
  const lastReplies = lastReplyOfSessions(attempts);
  return selection.filter(({ id }) => {
    const own = byExample.get(id) ?? [];
    if (decisions.has(id) || own.some(({ attempt }) => bringsReply(attempt))) return false;
    return whyGivenUp(own, lastReplies) === null;
  });
}

/** The number of examples by outcome; every outcome is named. */
export function countOutcomes(ledger: readonly LedgerEntry[]): Record<Outcome, number> {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const { outcome } of ledger) counts[outcome]++;
  return counts;
}

/** An attempt that brought a reply to be read. */
type ReplyingAttempt = Attempt & { readonly reply: NonNullable<Attempt['reply']> };

function bringsReply(attempt: Attempt): attempt is ReplyingAttempt {
  return attempt.reply !== null && attempt.purpose !== 'judge';
}

/** Reads and checks an attempt's reply, and reads what a judge answered about it. */
export function assessReply(
  example: Example,
  attempt: ReplyingAttempt,
  answers: readonly JudgeAnswer[],
  format: ReplyFormat,
  suite: CheckSuite,
): AssessedAttempt {
  const parsed = parseReply(attempt.reply.content, format);
  const { candidate } = parsed;
  const judgement = candidate === null || answers.length === 0 ? null : judge(example, candidate, answers);
  const { finishReason } = attempt.reply;
  const findings = runChecks({ example, parsed, finishReason, ...(judgement && { judgement }) }, suite);
  // Whatever the checks are set to, what cannot stand in a training set must not count as refined.
  const verdict = isUsableText(candidate) ? verdictOf(findings) : 'fail';
  return { attempt, parsed, judgement, findings, verdict };
}

const VERDICT_ORDER: Record<Verdict, number> = { pass: 0, flag: 1, fail: 2 };

/** Best verdict, then fewest findings, then newest. */
function bestOf(assessed: readonly AssessedAttempt[]): AssessedAttempt | null {
  let best: AssessedAttempt | null = null;
  for (const candidate of assessed) {
    const difference =
      best === null
        ? -1
        : VERDICT_ORDER[candidate.verdict] - VERDICT_ORDER[best.verdict] ||
          candidate.findings.length - best.findings.length;
    if (difference <= 0) best = candidate;
  }
  return best;
}

interface Standing {
  readonly verdict: Verdict;
  readonly reason: string | null;
}

function standingWithoutReply(
  own: readonly PlacedAttempt[],
  lastReplies: ReadonlyMap<string, number>,
): Standing | null {
  const reason = whyGivenUp(own, lastReplies);
  return reason === null ? null : { verdict: 'fail', reason };
}

function reasonOf({ verdict, findings }: AssessedAttempt): string | null {
  if (verdict === 'pass') return null;
  const worst = findings.filter(({ severity }) => severity === verdict);
  if (worst.length === 0) return 'the reply has no text that a training set can hold';
  return worst.map(({ check, message }) => `${check}: ${message}`).join('; ');
}

function settle(
  example: Example,
  chosen: AssessedAttempt | null,
  decision: Decision | null,
  standing: Standing | null,
  policies: Policies,
): Pick<LedgerEntry, 'outcome' | 'reason' | 'text'> {
  if (decision?.action === 'edit')
    return { outcome: 'refined', reason: 'edited by hand', text: decision.text };
  if (decision?.action === 'reject')
    return { outcome: 'kept', reason: 'rejected by hand', text: example.response };
  if (decision?.action === 'accept') return settleAccepted(decision.attempt, chosen);
  if (standing === null) return { outcome: 'pending', reason: null, text: null };
  const { verdict, reason } = standing;
  const policy = verdict === 'pass' ? 'use' : verdict === 'flag' ? policies.onFlag : policies.onFail;
  switch (policy) {
    case 'use':
      return { outcome: 'refined', reason, text: chosen?.parsed.candidate ?? null };
    case 'keep':
      return { outcome: 'kept', reason, text: example.response };
    case 'drop':
      return { outcome: 'dropped', reason, text: null };
    case 'block':
      return { outcome: 'blocked', reason, text: null };
  }
}

/** Somebody accepted one text: where that one cannot be had any more, no other may take its place. */
function settleAccepted(
  number: number,
  chosen: AssessedAttempt | null,
): Pick<LedgerEntry, 'outcome' | 'reason' | 'text'> {
  const text = chosen?.attempt.attempt === number ? chosen.parsed.candidate : null;
  if (isUsableText(text)) return { outcome: 'refined', reason: 'accepted by hand', text };
  const reason = `accepted by hand, but attempt ${number} has no refined response`;
  return { outcome: 'blocked', reason, text: null };
}
