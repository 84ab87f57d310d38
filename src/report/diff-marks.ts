import type { DiffPart } from '../diff/diff-part.js';
import type { FindingMarks } from '../diff/mark-findings.js';

/** How differences and findings are set off from the text around them. */
export interface DiffMarks {
  /**
   * A piece of a text; `text` is how it is shown. Findings are known by their numbers, from 1.
   *
   * @param begins whether the piece is the first of its part
   * @param ends whether it is the last
   */
  piece(piece: DiffPart & FindingMarks, text: string, begins: boolean, ends: boolean): string;
  /** What stands above a text, or names it. */
  title(text: string): string;
  /** The number of a finding, as its note begins. */
  number(number: number): string;
  /** The sign between two lines that stand side by side. */
  gutter(sign: string): string;
  /** What white space that changed is shown as, where nothing else did. */
  readonly blank: string;
}

/**
 * Marks for where there are no colours: `[-removed-]`, `{+added+}`, `[~1:moved away~]`, `{~1:moved here~}`, and
 * `<1<found>1>` around what finding 1 is about.
 */
export const bracketMarks: DiffMarks = {
  piece: (piece, text, begins, ends) => {
    const { opens, closes } = piece;
    const [before, after] = BRACKETS[piece.kind === 'moved' ? piece.end : piece.kind];
    const number = piece.kind === 'moved' ? `${piece.move}:` : '';
    return [
      begins ? before + number : '',
      ...opens.map((finding) => `<${finding + 1}<`),
      text,
      ...closes.toReversed().map((finding) => `>${finding + 1}>`),
      ends ? after : '',
    ].join('');
  },
  title: (text) => text,
  number: (number) => `<${number}>`,
  gutter: (sign) => sign,
  blank: ' ',
};

const BRACKETS: Readonly<Record<'same' | 'removed' | 'added' | 'from' | 'to', readonly [string, string]>> = {
  same: ['', ''],
  removed: ['[-', '-]'],
  added: ['{+', '+}'],
  from: ['[~', '~]'],
  to: ['{~', '~}'],
};

type Style = 'red' | 'green' | 'cyan' | 'yellow' | 'bold' | 'dim' | 'underline' | 'strikethrough';

/**
 * Marks for a terminal: what was removed is red and struck through, what was added green, what was moved cyan; what
 * findings are about is underlined, with their numbers behind it.
 *
 * @param paint gives a text these styles
 */
export function colourMarks(paint: (style: Style[], text: string) => string): DiffMarks {
  const number = (number: number): string => paint(['yellow', 'bold'], `[${number}]`);
  return {
    piece: (piece, text) => {
      const styles: Style[] = [...STYLES[piece.kind]];
      if (piece.kind === 'moved' && piece.end === 'from') styles.push('strikethrough');
      if (piece.findings.length > 0) styles.push('underline');
      // A line of its own each, so that no style runs over the end of a line.
      const painted = styles.length === 0 ? text : text.replaceAll(/[^\n]+/g, (line) => paint(styles, line));
      const numbers = piece.closes.map((finding) => number(finding + 1)).join('');
      return numbers === '' ? painted : painted.replace(/\n*$/, (breaks) => numbers + breaks);
    },
    title: (text) => paint(['bold'], text),
    number,
    gutter: (sign) => paint(['dim'], sign),
    blank: '·',
  };
}

const STYLES: Readonly<Record<DiffPart['kind'], readonly Style[]>> = {
  same: [],
  removed: ['red', 'strikethrough'],
  added: ['green'],
  moved: ['cyan'],
};
