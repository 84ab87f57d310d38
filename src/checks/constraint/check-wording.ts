import { shorten } from '../../errors.js';
import type { CandidateSubject, Observation } from '../check.js';
import { type AskedWording, readAskedWording } from '../request/asked-wording.js';

/** Finds words that the instruction asks for or forbids, and that the original got right. */
export function* checkWording({ example, refined, original }: CandidateSubject): Generator<Observation> {
  const asked = readAskedWording(example);
  if (asked.length === 0) return;
  const before = normalise(original.raw);
  const now = normalise(refined.raw);
  for (const { kind, phrases } of asked) {
    const lost = phrases.filter((phrase) => obeys(kind, phrase, before) && !obeys(kind, phrase, now));
    if (lost.length === 0) continue;
    yield {
      message: `${WORDING[kind]}: ${lost.map((phrase) => shorten(phrase)).join(', ')}.`,
      severity: lost.length * 2 >= phrases.length ? 'flag' : 'note',
    };
  }
}

const WORDING: Readonly<Record<AskedWording['kind'], string>> = {
  contains: 'The text no longer uses words that the instruction asks for',
  avoids: 'The text uses words that the instruction forbids, which the original did not',
  begins: 'The text no longer begins with the words that the instruction asks for',
  ends: 'The text no longer ends with the words that the instruction asks for',
};

/** Titles, greetings and marks may stand before the beginning, and behind the end. */
const EDGE_SLACK = 200;

function obeys(kind: AskedWording['kind'], phrase: string, text: string): boolean {
  const words = normalise(phrase);
  switch (kind) {
    case 'contains':
      return containsForm(text, words);
    case 'avoids':
      return !` ${text} `.includes(` ${words} `);
    case 'begins':
      return text.slice(0, words.length + EDGE_SLACK).includes(words);
    case 'ends':
      return text.slice(-(words.length + EDGE_SLACK)).includes(words);
  }
}

/** The words, in any inflection of the last: `city` is used in `cities`. */
function containsForm(text: string, words: string): boolean {
  const stem = words.length > 3 ? words.replace(/(?:ies|ing|y|e|es|s|ed)$/, '') : words;
  return text.startsWith(stem) || text.includes(` ${stem}`);
}

/** Words in lower case with a blank between them: marks and apostrophes make no difference. */
function normalise(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}
