import { describe, expect, test } from 'vitest';
import { isInRefined } from '../../src/diff/diff-part.js';
import { diffTexts } from '../../src/diff/diff-texts.js';
import { type FoundSpan, markFindings } from '../../src/diff/mark-findings.js';
import { originalOf, refinedOf } from '../support/diff-marks.js';
import { Random } from '../support/random.js';

const spans = (...bounds: readonly (readonly [number | null, number | null])[]): FoundSpan[] =>
  bounds.map(([start, end]) => ({ start, end }));

describe('markFindings', () => {
  test.each<[string, FoundSpan[], string]>([
    ['nothing', [], 'abcdef:'],
    ['a span', spans([1, 3]), 'a:|bc:0|def:'],
    ['spans in each other', spans([1, 5], [2, 3]), 'a:|b:0|c:01|de:0|f:'],
    ['spans that overlap', spans([1, 4], [2, 6]), 'a:|b:0|cd:01|ef:1'],
    ['the same span twice', spans([0, 2], [0, 2]), 'ab:01|cdef:'],
    ['spans that touch', spans([2, 4], [0, 2]), 'ab:1|cd:0|ef:'],
    ['a span beyond the end', spans([4, 99]), 'abcd:|ef:0'],
    ['a span behind the end', spans([7, 99]), 'abcdef:'],
    ['an empty span', spans([2, 2]), 'abcdef:'],
    ['a finding about the whole', spans([null, null]), 'abcdef:'],
  ])('cuts a text at %s', (_, findings, expected) => {
    const pieces = markFindings(diffTexts('abcdef', 'abcdef'), findings);
    expect(pieces.map(({ text, findings }) => `${text}:${findings.join('')}`).join('|')).toBe(expected);
  });

  test('counts offsets in the refined text alone, and marks nothing of the original', () => {
    const pieces = markFindings(diffTexts('one two three', 'one deux trois three'), spans([2, 14]));
    expect(pieces).toEqual([
      { kind: 'same', text: 'on', findings: [], opens: [], closes: [] },
      { kind: 'same', text: 'e ', findings: [0], opens: [0], closes: [] },
      { kind: 'removed', text: 'two', findings: [], opens: [], closes: [] },
      { kind: 'added', text: 'deux trois', findings: [0], opens: [], closes: [0] },
      { kind: 'same', text: ' three', findings: [], opens: [], closes: [] },
    ]);
  });

  test.each<[string, string, FoundSpan[], string]>([
    ['within a line', 'one two', spans([4, 7]), '|one |(0)two(/0)'],
    ['over lines', 'a\nb\nc', spans([0, 4]), '|(0)a\n|b\n(/0)|c'],
    ['with line breaks around it', '\na\n', spans([0, 3]), '|\n|(0)a\n(/0)'],
    ['of line breaks alone', '\n\n', spans([0, 2]), '|(0)\n(/0)|\n'],
    ['that overlap', 'abcdef', spans([1, 4], [2, 6]), '|a|(0)b|(1)cd(/0)|ef(/1)'],
  ])('tells once where a span begins and where it ends: %s', (_, text, findings, expected) => {
    const told = markFindings(diffTexts(text, text), findings).map(
      (piece) =>
        `|${piece.opens.map((at) => `(${at})`).join('')}${piece.text}${piece.closes.map((at) => `(/${at})`).join('')}`,
    );
    expect(told.join('')).toBe(expected);
  });

  test('loses nothing, and marks exactly the spans, whatever they are', () => {
    const random = new Random(11);
    const pieces = ['a', 'b ', 'the ', '\n', '😀', '- an item\n'] as const;
    for (let round = 0; round < 1000; round++) {
      const [original, refined] = [random.text([...pieces], 15), random.text([...pieces], 15)];
      const findings = Array.from({ length: random.below(5) }, () => {
        const start = random.below(refined.length + 1);
        return { start, end: start + random.below(refined.length + 2 - start) };
      });
      const marks = markFindings(diffTexts(original, refined), findings);
      expect(originalOf(marks)).toBe(original);
      expect(refinedOf(marks)).toBe(refined);
      const units = marks.filter(isInRefined).flatMap((part) => part.text.split('').map(() => part.findings));
      for (const [at, found] of units.entries()) {
        const covering = findings.flatMap(({ start, end }, index) =>
          start <= at && at < end ? [index] : [],
        );
        expect(found).toEqual(covering);
      }
    }
  });
});
