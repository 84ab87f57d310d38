import { describe, expect, test } from 'vitest';
import {
  firstPieces,
  inlinePieces,
  type Piece,
  pairLines,
  plainPieces,
} from '../../src/web/compared-text.js';

const short = ({ kind, text, findings }: Piece) =>
  `${{ same: '', removed: '-', added: '+' }[kind]}${text}${findings.length > 0 ? `@${findings.join()}` : ''}`;

describe('pieces of a comparison', () => {
  test('are cut where findings begin and end', () => {
    const pieces = plainPieces('one two three', [
      { start: 4, end: 7 },
      { start: 0, end: 7 },
    ]);
    expect(pieces.map(short)).toEqual(['one @1', 'two@0,1', ' three']);
  });

  test('carry the findings of the refined text, whatever stands in between', () => {
    const pieces = inlinePieces('a b c', 'a x c', [{ start: 2, end: 5 }]);
    expect(pieces.map(short)).toEqual(['a ', '-b', '+x@0', ' c@0']);
  });

  test('add up to both texts', () => {
    const original = 'The old\nanswer\n\nends.';
    const refined = 'The new answer\nends here.';
    const pieces = inlinePieces(original, refined, [{ start: 3, end: 30 }]);
    const join = (kind: Piece['kind']) =>
      pieces
        .filter((piece) => piece.kind !== kind)
        .map(({ text }) => text)
        .join('');
    expect(join('added')).toBe(original);
    expect(join('removed')).toBe(refined);
  });

  test('ignore findings without a place, and those beyond the end', () => {
    const pieces = plainPieces('text', [
      { start: null, end: null },
      { start: 2, end: 2 },
      { start: 9, end: 12 },
    ]);
    expect(pieces.flatMap(({ findings }) => findings)).toEqual([]);
  });
});

describe('lines beside each other', () => {
  const rows = (original: string, refined: string) =>
    pairLines(inlinePieces(original, refined, [])).map(({ left, right }) => [
      left?.map(short).join('') ?? null,
      right?.map(short).join('') ?? null,
    ]);

  test('are level again after a line break that both texts have', () => {
    expect(rows('one\ntwo', 'one\nnew')).toEqual([
      ['one', 'one'],
      ['-two', '+new'],
    ]);
  });

  test('have a gap where the other text has more of them', () => {
    expect(rows('one\ntwo', 'one\nmore\ntwo')).toEqual([
      ['one', 'one'],
      [expect.anything(), expect.stringContaining('+more')],
      [null, 'two'],
    ]);
  });

  test('of two texts that are the same are those of the text', () => {
    expect(rows('a\n\nb\n', 'a\n\nb\n')).toEqual([
      ['a', 'a'],
      ['', ''],
      ['b', 'b'],
      ['', ''],
    ]);
  });
});

describe('the first pieces of a long text', () => {
  const pieces = plainPieces('0123456789', [{ start: 4, end: 6 }]);

  test('hold no more characters than asked for, and say how many are left', () => {
    const { shown, hidden } = firstPieces(pieces, 5);
    expect(shown.map(({ text }) => text)).toEqual(['0123', '4']);
    expect(hidden).toBe(5);
  });

  test('are all of them when there is room', () => {
    expect(firstPieces(pieces, 10)).toEqual({ shown: pieces, hidden: 0 });
  });
});
