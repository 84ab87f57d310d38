/**
 * The words of a text as 32-bit hashes, in order: runs of ASCII letters and digits and of all that is not ASCII, in
 * lower case as far as ASCII goes. Enough to tell whether two texts share wording, for no more than one look at each
 * character.
 */
export function hashWords(text: string): number[] {
  const hashes: number[] = [];
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f || IN_WORD[code] === 1) {
      hash = Math.imul(hash ^ (code >= 0x41 && code <= 0x5a ? code | 0x20 : code), FNV_PRIME);
    } else if (hash !== FNV_OFFSET) {
      hashes.push(hash);
      hash = FNV_OFFSET;
    }
  }
  if (hash !== FNV_OFFSET) hashes.push(hash);
  return hashes;
}

/** Hashes of all runs of so many words, each different one once. */
export function hashPhrases(words: readonly number[], length: number): Set<number> {
  const phrases = new Set<number>();
  for (let start = 0; start + length <= words.length; start += 1) {
    let hash = FNV_OFFSET;
    for (let index = start; index < start + length; index += 1) {
      hash = Math.imul(hash ^ mix(words[index] ?? 0), FNV_PRIME);
    }
    phrases.add(hash);
  }
  return phrases;
}

/** Spreads the bits of a 32-bit number over all of them (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** FNV-1a, 32 bits. */
const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

const IN_WORD = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0,
);
