import { NUMBER, readNumber } from './number-words.js';

/** `three ideas`, `10 multiple-choice questions`: a number and, a few words on, something in the plural. */
const COUNT = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,:/-])(${NUMBER})(?!\p{L}|[-.,:/]\d)\s{1,2}(?:[\p{L}-]{2,20}\s){0,3}?[\p{L}-]{2,20}s(?!\p{L})`,
  'giu',
);
const MOST = 100;

/** Reads how many of something an instruction may ask for: reasons, steps, questions. Some of these numbers mean other things. */
export function readAskedCounts(instruction: string): number[] {
  return [...instruction.matchAll(COUNT)]
    .map(([, number = '']) => readNumber(number))
    .filter((count) => count >= 2 && count <= MOST);
}
