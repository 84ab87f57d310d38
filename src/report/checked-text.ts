import type { Finding } from '../checks/index.js';
import { inOrderOfSeverity } from './check-lines.js';
import type { CheckedRow } from './check-summary.js';
import { formatCount } from './figures.js';
import { visible } from './visible.js';

/** How much of a finding's span is quoted, and of the text around it, in characters. */
const LONGEST_QUOTE = 300;
const CONTEXT = 40;

/** Marks the span of a finding within its context. */
export type MarkSpan = (text: string) => string;

/** One checked row with the texts that it is about. */
export interface CheckedText extends CheckedRow {
  readonly instruction: string;
  readonly input: string;
  /** The refined response; null when there is none. */
  readonly refined: string | null;
}

/** One row whole: instruction, input, refined response, and each finding with the text that shows it. */
export function checkedText(row: CheckedText, mark: MarkSpan): string {
  const { id, verdict, findings, instruction, input, refined, reason } = row;
  const sections = [
    `example: ${visible(id)} (${verdict ?? 'not answered yet'})`,
    ...section('instruction', instruction),
    ...(input === '' ? [] : section('input', input)),
    ...(refined === null ? [] : section('refined', refined)),
    ...(reason === null ? [] : section('reason', reason)),
    ...inOrderOfSeverity(findings).flatMap((finding) => findingText(finding, refined, mark)),
    ...(findings.length === 0 && verdict !== null && reason === null ? ['The checks found nothing.'] : []),
  ];
  return sections.join('\n');
}

function section(name: string, text: string): string[] {
  const shown = visible(text, true);
  return shown.includes('\n') || shown.length > 70 ? [`${name}:`, shown, ''] : [`${name}: ${shown}`];
}

function findingText(
  { check, severity, message, start, end }: Finding,
  refined: string | null,
  mark: MarkSpan,
): string[] {
  const head = `${severity}: ${visible(`${check}: ${message}`)}`;
  if (refined === null || start === null || end === null || start === end) return [head];
  const shownEnd = Math.min(end, start + LONGEST_QUOTE);
  const before = refined.slice(Math.max(0, start - CONTEXT), start);
  const after = shownEnd < end ? '' : refined.slice(end, end + CONTEXT);
  const quote = [
    start > CONTEXT ? '…' : '',
    visible(before.toWellFormed(), true),
    mark(visible(refined.slice(start, shownEnd).toWellFormed(), true)),
    visible(after.toWellFormed(), true),
    shownEnd + after.length < refined.length ? '…' : '',
  ].join('');
  const indented = quote.split('\n').map((line) => `  | ${line}`.trimEnd());
  return [head, ...indented, `  characters ${formatCount(start)} to ${formatCount(end)}`];
}
