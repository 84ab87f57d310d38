import type { TextView } from './text-view.js';
import { contentStems, readWords } from './words.js';

/** A kind of detail that a rewrite ought to carry over. */
export interface DetailKind {
  readonly singular: string;
  readonly plural: string;
  /** The distinct details of this kind in a text. */
  find(text: TextView): readonly string[];
  /** Tells of such details whether a text has them. */
  lookIn(text: TextView): (detail: string) => boolean;
}

const NUMBER = /(?<![\p{L}\p{N}.])\d+(?:[.,:/]\d+)*/gu;
/** What a line is called by, as in `Verse 2:`. */
const LINE_LABEL = /^\p{Lu}\p{L}{0,15}[ .]{0,2}\d{1,3}[:.)]/u;
/** Words with a capital that no sentence begins with. */
const NAME = /(?<=[\p{Ll},;] )\p{Lu}[\p{Ll}’']+(?:[ -]\p{Lu}[\p{Ll}’']+)*/gu;
/** In a language that writes all nouns with a capital, capitals tell no names. */
const MOST_NAMES = 0.2;
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>()[\]"']{4,200}/giu;
/** An item is kept as long as this share of its meaningful words is somewhere in the other text. */
const KEPT_OF_ITEM = 1 / 3;

/** Quantities, dates and the like; the numbers of list items are none. */
export const NUMBERS: DetailKind = {
  singular: 'number',
  plural: 'numbers',
  find: (text) => [...numbersOf(text)],
  lookIn: (text) => {
    // Within a list label, too: "12." may be all that is left of "12 eggs".
    const numbers = new Set(text.raw.match(NUMBER));
    return (number) => numbers.has(number);
  },
};

/** Names of people, places, works; only where capitals tell them. */
export const NAMES: DetailKind = {
  singular: 'name',
  plural: 'names',
  find: (text) => {
    const found = contentsOf(text).flatMap((content) => content.match(NAME) ?? []);
    return found.length > text.wordCount * MOST_NAMES ? [] : distinct(found);
  },
  lookIn: (text) => {
    const words = new Set(text.words);
    return (name) => readWords(name).every((word) => words.has(word));
  },
};

/** Addresses of web pages. */
export const LINKS: DetailKind = {
  singular: 'link',
  plural: 'links',
  find: (text) => [...linksOf(text)],
  lookIn: (text) => {
    const links = linksOf(text);
    return (link) => links.has(link);
  },
};

/** Items of lists; the words count, not their order or where they stand. */
export const ITEMS: DetailKind = {
  singular: 'list item',
  plural: 'list items',
  find: (text) => distinct(text.items.map(({ content }) => content)),
  lookIn: (text) => (item) => {
    const stems = [...contentStems(readWords(item))];
    return stems.filter((stem) => text.stems.has(stem)).length >= stems.length * KEPT_OF_ITEM;
  },
};

function numbersOf(text: TextView): Set<string> {
  return new Set(contentsOf(text).flatMap((content) => content.replace(LINE_LABEL, '').match(NUMBER) ?? []));
}

function linksOf(text: TextView): Set<string> {
  return new Set((text.raw.match(LINK) ?? []).map((link) => link.replace(/[.,;:!?]{1,5}$/, '')));
}

/** The text of each line but those of code, without list labels. */
function contentsOf(text: TextView): string[] {
  return text.lines.filter(({ kind }) => kind !== 'code').map(({ content }) => content);
}

function distinct(found: readonly string[]): string[] {
  return [...new Set(found)];
}
