import { Random } from '../test/support/random.ts';

/** How many different words there are, of which few are common and most are rare, as in every language. */
const VOCABULARY = 12_000;
const SYLLABLES = 'ba de fi go lu ma ne pi ro su ta ve wi xo zu ka le mi no pa'.split(' ');

/** Sentences in paragraphs, with as many words, whose frequencies are as in natural texts (Zipf's law). */
export function writeText({ words, seed }: { readonly words: number; readonly seed: number }): string {
  const random = new Random(seed);
  const sentences: string[] = [];
  for (let written = 0; written < words; ) {
    const length = Math.min(6 + random.below(20), words - written);
    const sentence = Array.from({ length }, () => word(random));
    if (length > 10) sentence[4] += ',';
    sentences.push(`${sentence.join(' ')}.`);
    written += length;
  }
  return sentences
    .map((sentence, place) => `${sentence}${place % 5 === 4 ? '\n\n' : ' '}`)
    .join('')
    .trim();
}

function word(random: Random): string {
  const share = random.below(1_000_000) / 1_000_000;
  let rank = Math.floor(VOCABULARY ** share);
  let text = '';
  do {
    text += SYLLABLES[rank % SYLLABLES.length];
    rank = Math.floor(rank / SYLLABLES.length);
  } while (rank > 0);
  return text;
}
