import type { Verdict } from '../checks/index.js';
import { formatCount, formatShare } from './figures.js';
import { fitWidth, padWidth, widthOf } from './fit-width.js';

/** One example of a list of comparisons. */
export interface ComparedRow {
  readonly id: string;
  readonly instruction: string;
  readonly verdict: Verdict | null;
  /** Ids of the checks that found something, each once. */
  readonly checks: readonly string[];
  /** Share of the words that changed; null without a refined response. */
  readonly changed: number | null;
  /** Words of both responses, counted by white space; null without a refined response. */
  readonly words: { readonly original: number; readonly refined: number | null };
  /** What a person said of it; null when nobody did. */
  readonly decision: 'accept' | 'reject' | 'edit' | null;
}

/** Orders of a list; `id` is that of the dataset. */
export const LIST_ORDERS = ['id', 'change', 'length'] as const;
export type ListOrder = (typeof LIST_ORDERS)[number];

/** What is listed: each list is of alternatives, empty for all. */
export interface ListChoice {
  readonly only: readonly Verdict[];
  readonly check: readonly string[];
  readonly sort: ListOrder;
}

/** The rows that are wanted, the most changed or the longest refined response first. */
export function chooseComparisons<Row extends ComparedRow>(
  rows: readonly Row[],
  { only, check, sort }: ListChoice,
): Row[] {
  const chosen = rows.filter(
    ({ verdict, checks }) =>
      (only.length === 0 || (verdict !== null && only.includes(verdict))) &&
      (check.length === 0 || checks.some((id) => check.includes(id))),
  );
  if (sort === 'id') return chosen;
  const weigh = ({ changed, words }: ComparedRow): number =>
    (sort === 'change' ? changed : words.refined) ?? -1;
  return chosen.sort((one, other) => weigh(other) - weigh(one));
}

/** The number of words of a text. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Most columns of what has no end: ids, and the names of checks. */
const WIDEST_ID = 24;
const WIDEST_CHECKS = 24;
/** What the beginning of an instruction needs at least to be known again. */
const NARROWEST_INSTRUCTION = 10;

/**
 * The rows in columns that fit the screen, under a line with their names.
 *
 * @param paint gives the verdict of a line its colour
 */
export function comparisonLines(
  rows: readonly ComparedRow[],
  columns: number,
  paint: (verdict: string, text: string) => string = (_, text) => text,
): string[] {
  const cells = rows.map((row) => ({
    id: fitWidth(row.id, WIDEST_ID),
    verdict: row.verdict ?? '-',
    change: row.changed === null ? '-' : formatShare(row.changed),
    words: wordsText(row.words),
    checks: remarksOf(row),
    instruction: row.instruction,
  }));
  const widest = (name: 'id' | 'words' | 'checks', title: string): number =>
    Math.max(widthOf(title), ...cells.map((cell) => widthOf(cell[name])));
  // On a narrow screen the beginning of an id must do.
  const idWidth = Math.min(widest('id', 'id'), Math.max(8, Math.floor(columns / 6)));
  const wordsWidth = widest('words', 'words');
  const before = idWidth + 2 + 7 + 2 + 6 + 2 + wordsWidth + 2;
  const hasRemarks = cells.some(({ checks }) => checks !== '');
  const checksWidth = hasRemarks
    ? Math.max(6, Math.min(widest('checks', 'checks'), columns - before - NARROWEST_INSTRUCTION - 2))
    : 0;
  const instructionWidth = Math.max(
    NARROWEST_INSTRUCTION,
    columns - before - (hasRemarks ? checksWidth + 2 : 0),
  );
  const line = (cell: (typeof cells)[number]): string =>
    [
      padWidth(fitWidth(cell.id, idWidth), idWidth, 'left'),
      paint(cell.verdict, cell.verdict.padEnd(7)),
      cell.change.padStart(6),
      padWidth(cell.words, wordsWidth, 'left'),
      ...(hasRemarks ? [padWidth(fitWidth(cell.checks, checksWidth), checksWidth)] : []),
      fitWidth(cell.instruction, instructionWidth),
    ]
      .join('  ')
      .trimEnd();
  const head = {
    id: 'id',
    verdict: 'verdict',
    change: 'change',
    words: 'words',
    checks: 'checks',
    instruction: 'instruction',
  };
  return [line(head), ...cells.map(line)];
}

function wordsText({ original, refined }: ComparedRow['words']): string {
  return `${formatCount(original)} > ${refined === null ? '-' : formatCount(refined)}`;
}

const DECISIONS: Readonly<Record<NonNullable<ComparedRow['decision']>, string>> = {
  accept: 'accepted',
  reject: 'rejected',
  edit: 'edited',
};

/** A person's word, then the checks, of which the last are only counted where there are many. */
function remarksOf({ checks, decision }: ComparedRow): string {
  const words = decision === null ? [] : [`${DECISIONS[decision]}${checks.length > 0 ? ';' : ''}`];
  let text = [...words, ...checks].join(' ');
  for (let left = checks.length - 1; text.length > WIDEST_CHECKS && left > 0; left--) {
    text = [...words, ...checks.slice(0, left), `+${checks.length - left}`].join(' ');
  }
  return text;
}
