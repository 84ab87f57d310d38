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

/** Columns that are of one width. */
const VERDICT_WIDTH = 7;
const CHANGE_WIDTH = 6;
const GAP = '  ';
/** Most columns of checks, and how much of the room that they share with the instruction is theirs. */
const WIDEST_CHECKS = 24;
const SHARE_OF_CHECKS = 0.45;
/** Most of the screen for ids, which are to be typed, so that none is cut that is of a usual length. */
const SHARE_OF_IDS = 0.3;

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
  const widest = (title: string, textOf: (row: ComparedRow) => string): number =>
    rows.reduce((most, row) => Math.max(most, widthOf(textOf(row))), title.length);
  const idWidth = Math.min(
    widest('id', ({ id }) => fitWidth(id, columns)),
    Math.floor(columns * SHARE_OF_IDS),
  );
  const areNumbers = rows.every(({ id }) => /^\d+$/.test(id));
  const wordsWidth = widest('words', wordsText);
  const widths = [idWidth, VERDICT_WIDTH, CHANGE_WIDTH, wordsWidth];
  const room = columns - widths.reduce((sum, width) => sum + width + GAP.length, 0);
  const checksWidth = Math.min(
    widest('checks', (row) => remarksOf(row, WIDEST_CHECKS)),
    Math.floor(room * SHARE_OF_CHECKS),
  );
  const hasRemarks = rows.some(({ checks, decision }) => checks.length > 0 || decision !== null);
  const instructionWidth = Math.max(1, room - (hasRemarks ? checksWidth + GAP.length : 0));
  const line = (cells: readonly [string, string, string, string, string, string]): string => {
    const [id, verdict, change, words, checks, instruction] = cells;
    return [
      padWidth(id, idWidth, areNumbers ? 'left' : 'right'),
      paint(verdict, verdict.padEnd(VERDICT_WIDTH)),
      change.padStart(CHANGE_WIDTH),
      padWidth(words, wordsWidth, 'left'),
      ...(hasRemarks ? [padWidth(checks, checksWidth)] : []),
      instruction,
    ]
      .join(GAP)
      .trimEnd();
  };
  return [
    line(['id', 'verdict', 'change', 'words', 'checks', 'instruction']),
    ...rows.map((row) =>
      line([
        fitWidth(row.id, idWidth),
        row.verdict ?? '-',
        row.changed === null ? '-' : formatShare(row.changed),
        wordsText(row),
        fitWidth(remarksOf(row, checksWidth), checksWidth),
        fitWidth(row.instruction, instructionWidth),
      ]),
    ),
  ];
}

function wordsText({ words: { original, refined } }: ComparedRow): string {
  return `${formatCount(original)} > ${refined === null ? '-' : formatCount(refined)}`;
}

const DECISIONS: Readonly<Record<NonNullable<ComparedRow['decision']>, string>> = {
  accept: 'accepted',
  reject: 'rejected',
  edit: 'edited',
};

/** A person's word, then the checks, of which the last are only counted where there is no room for them. */
function remarksOf({ checks, decision }: ComparedRow, width: number): string {
  const words = decision === null ? [] : [`${DECISIONS[decision]}${checks.length > 0 ? ';' : ''}`];
  let text = [...words, ...checks].join(' ');
  for (let left = checks.length - 1; text.length > width && left > 0; left--) {
    text = [...words, ...checks.slice(0, left), `+${checks.length - left}`].join(' ');
  }
  return text;
}
