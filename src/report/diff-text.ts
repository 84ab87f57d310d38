import wrapAnsi from 'wrap-ansi';
import { type DiffPart, isInOriginal, isInRefined } from '../diff/diff-part.js';
import { diffTexts } from '../diff/diff-texts.js';
import { type FoundSpan, type MarkedPart, markFindings } from '../diff/mark-findings.js';
import { type DiffLine, type DiffRow, sideBySide } from '../diff/side-by-side.js';
import type { DiffMarks } from './diff-marks.js';
import { padWidth } from './fit-width.js';
import { visible } from './visible.js';

/** How a difference is laid out. */
export interface DiffLayout {
  readonly marks: DiffMarks;
  /** Width of the screen. */
  readonly columns: number;
  /** Both texts beside each other instead of one text with the changes in it. */
  readonly sideBySide: boolean;
}

/** The difference of two texts in lines that fit the screen, with the spans of findings marked in the refined one. */
export function diffText(
  original: string,
  refined: string,
  findings: readonly FoundSpan[],
  { marks, columns, sideBySide: beside }: DiffLayout,
): string {
  const pieces = withoutReturns(markFindings(diffTexts(original, refined), findings));
  return beside
    ? [titlesText(marks, columns), ...sideBySide(pieces).map((row) => rowText(row, marks, columns))].join(
        '\n',
      )
    : wrapText(piecesText(pieces, marks, columns), columns);
}

/**
 * Breaks the lines of a text so that they fit the screen; blanks at their beginning stay. Styles must end with the line.
 */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, columns))
    .join('\n');
}

/** Blanks at the beginning of a line, behind what sets its style. */
const LEADING_BLANKS = /^((?:\u001b\[[\d;]*m)*) +/;
const TRAILING_BLANKS = / +((?:\u001b\[[\d;]*m)*)$/;

function wrapLine(line: string, columns: number): string[] {
  const rows = wrapAnsi(line, columns, { hard: true, trim: false }).split('\n');
  // The blank at which a line was broken belongs to neither row.
  return rows.map((row, index) => {
    const end = index === rows.length - 1 ? row : row.replace(TRAILING_BLANKS, '$1');
    return index === 0 ? end : end.replace(LEADING_BLANKS, '$1');
  });
}

/**
 * Pieces one after the other.
 *
 * @param apart what comes in the place of a longer text begins a line of its own, if it is as long
 */
function piecesText(
  pieces: readonly MarkedPart[],
  marks: DiffMarks,
  apart = Number.POSITIVE_INFINITY,
): string {
  return pieces
    .map((piece, index) => {
      const [begins, ends] = [pieces[index - 1], pieces[index + 1]].map(
        (other) => !isOfOnePart(piece, other),
      );
      const text = visible(piece.text.toWellFormed(), true);
      const isAlone = begins && ends && (piece.kind === 'removed' || piece.kind === 'added');
      const shown = isAlone && piece.text.trim() === '' ? blankText(text, piece.kind, marks) : text;
      const before = pieces[index - 1];
      const isApart =
        piece.kind === 'added' &&
        before?.kind === 'removed' &&
        Math.min(piece.text.length, before.text.length) > apart;
      return (isApart ? '\n' : '') + marks.piece(piece, shown, begins === true, ends === true);
    })
    .join('');
}

function isOfOnePart(one: DiffPart, other: DiffPart | undefined): boolean {
  if (one.kind !== 'moved' || other?.kind !== 'moved') return one.kind === other?.kind;
  return one.end === other.end && one.move === other.move;
}

/** White space that came or went by itself would be seen by nobody. */
function blankText(text: string, kind: DiffPart['kind'], { blank }: DiffMarks): string {
  return text.replaceAll('\n', kind === 'added' ? '↵\n' : '↵').replaceAll(' ', blank);
}

/**
 * The same without the carriage returns of line breaks: between files of two systems every line would differ, and nobody
 * sees it.
 */
function withoutReturns(pieces: readonly MarkedPart[]): MarkedPart[] {
  if (!pieces.some(({ text }) => text.includes('\r'))) return [...pieces];
  const next = { original: '', refined: '' };
  const kept: MarkedPart[] = [];
  for (const piece of pieces.toReversed()) {
    const isBeforeBreak =
      (!isInOriginal(piece) || next.original === '\n') && (!isInRefined(piece) || next.refined === '\n');
    if (isInOriginal(piece)) next.original = piece.text.charAt(0);
    if (isInRefined(piece)) next.refined = piece.text.charAt(0);
    const text = piece.text.replaceAll(isBeforeBreak ? /\r(?=\n|$)/g : /\r(?=\n)/g, '');
    if (text !== '') kept.push({ ...piece, text });
  }
  return kept.reverse();
}

/** Between the columns: what of the two lines there is, as sdiff(1) has it. */
const GUTTER = 3;

function titlesText({ title }: DiffMarks, columns: number): string {
  return `${padWidth(title('original'), columnWidth(columns))} ${' '.repeat(GUTTER - 1)}${title('refined')}`;
}

function columnWidth(columns: number): number {
  return Math.max(1, Math.floor((columns - GUTTER) / 2));
}

function rowText(
  { original, refined, isSame }: DiffRow<MarkedPart>,
  marks: DiffMarks,
  columns: number,
): string {
  const width = columnWidth(columns);
  const [left, right] = [original, refined].map((line) => cellLines(line, marks, width)) as [
    string[],
    string[],
  ];
  const sign = isSame ? ' ' : original === null ? '>' : refined === null ? '<' : '|';
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const gutter = sign === ' ' ? ' ' : marks.gutter(sign);
    return `${padWidth(left[index] ?? '', width)} ${gutter} ${right[index] ?? ''}`.trimEnd();
  });
  return rows.join('\n');
}

function cellLines(line: DiffLine<MarkedPart> | null, marks: DiffMarks, width: number): string[] {
  if (line === null) return [''];
  return wrapText(piecesText(line.parts, marks), width).split('\n');
}
