import { SEVERITIES } from '../checks/severity.js';
import type { Attempt } from '../run/attempt.js';
import type { LedgerEntry } from '../run/ledger.js';
import { addUp } from '../run/spending.js';
import { compare } from './compare.js';
import { countWords } from './comparison-list.js';
import type { FindingData, RecordRow } from './record-data.js';

/** Characters of an instruction in a list. */
export const INSTRUCTION_LENGTH = 160;
const REASON_LENGTH = 200;

/**
 * One example of a run for a list.
 *
 * @param place in the selection, from 0
 * @param attempts all requests for it
 * @param findings what the checks say of what it was given
 */
export function recordRow(
  entry: LedgerEntry,
  place: number,
  attempts: readonly Attempt[],
  findings: readonly FindingData[],
): RecordRow {
  const { example, outcome, reason, verdict, decision } = entry;
  const { original, refined, changed } = compare(entry);
  return {
    id: example.id,
    place,
    instruction: shortened(example.instruction, INSTRUCTION_LENGTH),
    outcome,
    reason: reason === null ? null : shortened(reason, REASON_LENGTH),
    verdict,
    checks: worstFirst(findings),
    changed,
    words: { original: countWords(original), refined: refined === null ? null : countWords(refined) },
    decision: decision?.action ?? null,
    requests: attempts.length,
    costUsd: addUp(attempts).costUsd,
  };
}

/** Ids of the checks that found something, by the worst that each found. */
export function worstFirst(findings: readonly FindingData[]): string[] {
  const sorted = SEVERITIES.flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  return [...new Set(sorted.map(({ check }) => check))];
}

/** On one line, cut where it is too long; nothing is escaped, which is up to whoever shows it. */
export function shortened(text: string, length: number): string {
  let line = '';
  // No character has more than two units, so that with more the line is too long.
  for (const [word] of text.matchAll(/\S+/g)) {
    line += line === '' ? word : ` ${word}`;
    if (line.length > 2 * length) break;
  }
  const characters = [...line.slice(0, 2 * length + 1)];
  if (characters.length <= length) return line;
  const kept = characters.slice(0, length - 1).join('');
  return `${kept.trimEnd()}…`;
}
