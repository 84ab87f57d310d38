import { changedShare } from '../diff/changed-share.js';
import { type DiffPart, isInOriginal } from '../diff/diff-part.js';
import { diffTexts } from '../diff/diff-texts.js';
import type { LedgerEntry } from '../run/ledger.js';
import { formatShare } from './figures.js';
import { excerpt, visible } from './visible.js';

/** Marks removed and added text; with colours or with brackets. */
export type MarkPart = (part: DiffPart) => string;

/** Marks for where there are no colours: `[-removed-]` and `{+added+}`. */
export const bracketMarks: MarkPart = (part) => {
  if (part.kind === 'same') return part.text;
  return isInOriginal(part) ? `[-${part.text}-]` : `{+${part.text}+}`;
};

/** Original and refined response of an entry, side by side as data. */
export interface Comparison {
  readonly id: string;
  readonly original: string;
  /** null when there is no refined response. */
  readonly refined: string | null;
  /** Share of the words that changed; null when there is no refined response. */
  readonly changed: number | null;
}

/** Compares what an example had with what it got: the edited text, or that of the attempt that counts. */
export function compare({ example, chosen, decision }: LedgerEntry): Comparison {
  const refined = decision?.action === 'edit' ? decision.text : (chosen?.parsed.candidate ?? null);
  const changed = refined === null ? null : changedShare(example.response, refined);
  return { id: example.id, original: example.response, refined, changed };
}

/** One line for a list: id, change, outcome, checks, and how the instruction begins. */
export function comparisonLine(
  entry: LedgerEntry,
  { changed }: Comparison,
  idWidth: number,
  columns: number,
): string {
  const { example, outcome, verdict, chosen } = entry;
  const checks = [...new Set(chosen?.findings.map(({ check }) => check))].join(' ');
  const head = [
    visible(example.id).padStart(idWidth),
    (changed === null ? '-' : formatShare(changed)).padStart(5),
    outcome.padEnd(7),
    (verdict ?? '-').padEnd(4),
    ...(checks === '' ? [] : [checks]),
  ].join('  ');
  return `${head}  ${excerpt(example.instruction, Math.max(10, columns - head.length - 2))}`;
}

/** One example whole: instruction, input, what the checks say, and the difference. */
export function comparisonText(entry: LedgerEntry, comparison: Comparison, mark: MarkPart): string {
  const { example, outcome, reason, assessed, chosen, decision } = entry;
  const { original, refined, changed } = comparison;
  const share = changed === null ? '' : `, ${formatShare(changed)} of the words changed`;
  const lines = [
    `example: ${visible(example.id)} (${outcome}${share})`,
    section('instruction', visible(example.instruction, true)),
    ...(example.input === '' ? [] : [section('input', visible(example.input, true))]),
    ...(assessed.length < 2 ? [] : [section('attempts', attemptsText(entry))]),
    // Without a decision the reason is what the findings say.
    ...(reason === null || (decision === null && chosen !== null)
      ? []
      : [section('reason', visible(reason))]),
    ...(chosen?.findings ?? []).map(
      ({ check, severity, message }) => `${severity}: ${visible(`${check}: ${message}`)}`,
    ),
    refined === null
      ? section('original', visible(original, true))
      : section('difference', differenceText(original, refined, mark)),
    ...(refined === null && chosen !== null
      ? [section('reply', visible(chosen.attempt.reply?.content ?? '', true))]
      : []),
  ];
  return lines.join('\n');
}

/** A text with its name: a short one beside it, any other below. */
function section(name: string, text: string): string {
  return text.includes('\n') || text.length > 90 ? `${name}:\n${text}\n` : `${name}: ${text}`;
}

/** The attempts that brought a reply, of which any can be chosen with `burnish decide --attempt`. */
function attemptsText({ assessed, chosen, decision }: LedgerEntry): string {
  const shown = decision?.action === 'edit' ? null : chosen;
  return assessed
    .map((one) => {
      const { attempt, purpose } = one.attempt;
      return `${attempt} ${purpose} ${one.verdict}${one === shown ? ' (shown)' : ''}`;
    })
    .join(', ');
}

function differenceText(original: string, refined: string, mark: MarkPart): string {
  return diffTexts(original, refined)
    .map((part) => mark({ ...part, text: visible(part.text, true) }))
    .join('');
}
