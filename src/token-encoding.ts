/** Tokenisers that are at hand: two of OpenAI's, and the one of Llama 1 and 2. */
const ENCODING_NAMES = ['o200k', 'cl100k', 'llama'] as const;
export type EncodingName = (typeof ENCODING_NAMES)[number];

/** Counts the tokens of a text. Text that looks like a special token is text. */
export type CountTokens = (text: string) => number;

/** Loads a tokeniser. They come with tables of megabytes, so each is imported only when it is asked for. */
export async function loadEncoding(name: EncodingName): Promise<CountTokens> {
  switch (name) {
    case 'o200k':
      return bytePairCounter((await import('js-tiktoken/ranks/o200k_base')).default);
    case 'cl100k':
      return bytePairCounter((await import('js-tiktoken/ranks/cl100k_base')).default);
    case 'llama': {
      const { default: tokenizer } = await import('llama-tokenizer-js');
      // Neither a begin token nor a space in front is added.
      return (text) => tokenizer.encode(text, false, false).length;
    }
  }
}

/** A byte-pair encoding as OpenAI publishes it. */
interface BytePairs {
  /** Cuts a text into pieces, which are encoded apart. */
  readonly pat_str: string;
  /** Lines of a label, the rank of the line's first token, and its tokens in base64, in order. */
  readonly bpe_ranks: string;
}

/** Merging takes the square of a piece's length, and no word comes near this; in bytes. */
const LONGEST_PIECE = 2_000;
/** Pieces whose count is remembered. Words come again and again; at most so many of them are kept. */
const REMEMBERED = 50_000;

/**
 * Counts as the library's own encoder does, but 10 to 1,000 times as fast where words are not in its table: that one
 * compares all pairs anew after each merge, which takes half a second for a page of Chinese. A run of more than
 * `LONGEST_PIECE` bytes without any boundary is cut, which can add a token at each cut.
 */
function bytePairCounter({ pat_str, bpe_ranks }: BytePairs): CountTokens {
  const ranks = readRanks(bpe_ranks);
  const pattern = new RegExp(pat_str, 'gu');
  const remembered = new Map<string, number>();
  const countPiece = (piece: string): number => {
    const bytes = toByteString(piece);
    if (ranks.has(bytes)) return 1;
    const known = remembered.get(piece);
    if (known !== undefined) return known;
    let count = 0;
    for (let start = 0; start < bytes.length; start += LONGEST_PIECE) {
      count += countMerged(bytes.slice(start, start + LONGEST_PIECE), ranks);
    }
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(piece, count);
    return count;
  };
  return (text) => {
    let count = 0;
    for (const [piece] of text.matchAll(pattern)) count += countPiece(piece);
    return count;
  };
}

/** Rank of each token, by its bytes as a string of one character a byte. */
function readRanks(lines: string): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const line of lines.split('\n')) {
    const [, first, ...tokens] = line.split(' ');
    for (const [index, token] of tokens.entries()) {
      ranks.set(Buffer.from(token, 'base64').toString('latin1'), Number(first) + index);
    }
  }
  return ranks;
}

function toByteString(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
}

/** How many tokens are left when the pair of lowest rank is merged, the leftmost first, until none is in the table. */
function countMerged(bytes: string, ranks: ReadonlyMap<string, number>): number {
  const rankOf = (start: number, end: number | undefined): number =>
    end === undefined ? Infinity : (ranks.get(bytes.slice(start, end)) ?? Infinity);
  /** Where the tokens begin, and where the last ends. */
  const bounds = Array.from({ length: bytes.length + 1 }, (_, index) => index);
  /** Rank of the token that each would make with the next. */
  const pairs = bounds.map((start) => rankOf(start, start + 2 > bytes.length ? undefined : start + 2));
  for (;;) {
    const lowest = indexOfLowest(pairs);
    if (pairs[lowest] === Infinity) return bounds.length - 1;
    bounds.splice(lowest + 1, 1);
    pairs.splice(lowest + 1, 1);
    for (const changed of [lowest - 1, lowest]) {
      const start = bounds[changed];
      if (start !== undefined) pairs[changed] = rankOf(start, bounds[changed + 2]);
    }
  }
}

function indexOfLowest(values: readonly number[]): number {
  let lowest = 0;
  let least = Infinity;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Infinity;
    if (value >= least) continue;
    least = value;
    lowest = index;
  }
  return lowest;
}
