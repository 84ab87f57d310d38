import { type CheckSuite, checkResponse, type Finding } from '../checks/index.js';
import { changedShare } from '../diff/changed-share.js';
import type { Attempt } from '../run/attempt.js';
import type { AssessedAttempt, LedgerEntry } from '../run/ledger.js';
import { type ComparedRow, countWords } from './comparison-list.js';
import { moveSpan } from './move-span.js';

/** Original and refined response of an entry, side by side as data. */
export interface Comparison {
  readonly id: string;
  readonly original: string;
  /** null when there is no refined response. */
  readonly refined: string | null;
  /** Share of the words that changed; null when there is no refined response. */
  readonly changed: number | null;
}

/** What an example got: the edited text, or that of the attempt that counts; null when there is none. */
export function refinedText({ chosen, decision }: LedgerEntry): string | null {
  return decision?.action === 'edit' ? decision.text : (chosen?.parsed.candidate ?? null);
}

/** Compares what an example had with what it got: the edited text, or that of the attempt that counts. */
export function compare(entry: LedgerEntry): Comparison {
  const { example } = entry;
  const refined = refinedText(entry);
  const changed = refined === null ? null : changedShare(example.response, refined);
  return { id: example.id, original: example.response, refined, changed };
}

/** What a list says of an entry. */
export function toComparedRow(entry: LedgerEntry, { original, refined, changed }: Comparison): ComparedRow {
  const { example, verdict, chosen, decision } = entry;
  return {
    id: example.id,
    instruction: example.instruction,
    verdict,
    checks: checksIn(chosen?.findings ?? []),
    changed,
    words: { original: countWords(original), refined: refined === null ? null : countWords(refined) },
    decision: decision?.action ?? null,
  };
}

/** The checks that found something, each once. */
export function checksIn(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ check }) => check))];
}

/** One of the texts that an example has been given, and what is known of it. */
export interface Version {
  /** The attempt that it comes from; null for a text that a person put in, and when nothing was answered. */
  readonly attempt: Attempt | null;
  /** null when there is none. */
  readonly refined: string | null;
  /** What the checks say of `refined`, or of the reply when there is none. */
  readonly findings: readonly Finding[];
  /** As the reply was read; null when there was none. */
  readonly parsed: AssessedAttempt['parsed'] | null;
}

/** What counts of an entry: the text that a person put in, else the attempt that is chosen. */
export function currentVersion({ example, chosen, decision }: LedgerEntry, suite: CheckSuite): Version {
  if (decision?.action === 'edit') {
    const { text } = decision;
    const findings = checkResponse(example, text, suite).findings.map((finding) => moveSpan(finding, text));
    return { attempt: null, refined: text, findings, parsed: null };
  }
  return chosen === null ? NOTHING : versionOf(chosen);
}

/** What an attempt brought, whether it counts or not; nothing but itself when it brought no reply, or a judge's. */
export function versionOfAttempt({ assessed }: LedgerEntry, attempt: Attempt): Version {
  const found = assessed.find((one) => one.attempt === attempt);
  return found === undefined ? { ...NOTHING, attempt } : versionOf(found);
}

const NOTHING: Version = { attempt: null, refined: null, findings: [], parsed: null };

function versionOf({ attempt, parsed, findings }: AssessedAttempt): Version {
  return { attempt, refined: parsed.candidate, findings, parsed };
}
