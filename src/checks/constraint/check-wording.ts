import { shorten } from '../../errors.js';
import type { TextView } from '../../text/text-view.js';
import type { CandidateSubject, Observation } from '../check.js';
import { type AskedWording, readAskedWording } from './asked-words.js';

/** Finds words that the instruction asks for or forbids, and that the original got right. */
export function* checkWording({ example, refined, original }: CandidateSubject): Generator<Observation> {
  for (const { kind, phrases } of readAskedWording(example)) {
    const lost = phrases.filter((phrase) => obeys(kind, phrase, original) && !obeys(kind, phrase, refined));
    if (lost.length === 0) continue;
    yield {
      message: `${WORDING[kind]} ${lost.map((phrase) => shorten(phrase)).join(', ')}, as the original does.`,
      severity: lost.length * 2 >= phrases.length ? 'flag' : 'note',
    };
  }
}

const WORDING: Readonly<Record<AskedWording['kind'], string>> = {
  contains: 'The instruction asks for words that the text does not use:',
  avoids: 'The text uses words that the instruction forbids:',
  begins: 'The text does not begin with the words that the instruction asks for:',
  ends: 'The text does not end with the words that the instruction asks for:',
};

/** Titles, greetings and marks may stand before the beginning, and behind the end. */
const EDGE_SLACK = 200;

function obeys(kind: AskedWording['kind'], phrase: string, { raw }: TextView): boolean {
  const text = normalise(raw);
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
  const stem = words.length > 4 ? words.replace(/(?:ies|ing|y|e|es|s|ed)$/, '') : words;
  return text.startsWith(stem) || text.includes(` ${stem}`);
}

function normalise(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}
