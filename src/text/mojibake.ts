/** What stands for the later bytes of a UTF-8 character that was read as Latin-1 or Windows-1252. */
const LATER =
  '[\\u0080-\\u00bf\\u20ac\\u201a\\u0192\\u201e\\u2026\\u2020\\u2021\\u02c6\\u2030\\u0160\\u2039\\u0152\\u017d\\u2018\\u2019\\u201c\\u201d\\u2022\\u2013\\u2014\\u02dc\\u2122\\u0161\\u203a\\u0153\\u017e\\u0178]';

/**
 * Text in UTF-8 that was read in another encoding: `â€™` for an apostrophe, `Ã©` for é. Single letters are left out that
 * languages do write before a quotation mark or a dash (`Spaß“`, `MANHÃ…`); other scripts are known by three in a row.
 */
export const MOJIBAKE = new RegExp(
  [
    // Quotation marks, dashes, signs and arrows.
    `â(?:€|\\u0080)${LATER}?`,
    `â[\\u0081-\\u009f‚„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ]${LATER}`,
    // Latin letters with accents, and signs.
    'Ã[\\u0080-\\u009f\\u00a1-\\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ]',
    'Â[\\u0080-\\u00bf]',
    // Emoji.
    `ð(?:Ÿ|\\u009f)${LATER}{2}`,
    // A byte order mark, and what stands for a lost character.
    'ï¿½|ï»¿',
    // Greek, Cyrillic, Hebrew and Arabic; Chinese, Japanese and Korean.
    `(?:[Î-Ñ×-Û]${LATER}){3,}`,
    `(?:[ã-ì]${LATER}{2}){3,}`,
    // UTF-8 read as Mac Roman.
    '‚Ä[ôúùìîòÆ¶°¢]',
  ].join('|'),
  'g',
);
