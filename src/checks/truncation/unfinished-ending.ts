import { judgeCodeLine } from '../../text/code-line.js';
import type { Line } from '../../text/lines.js';
import type { TextView } from '../../text/text-view.js';
import { isVerse } from '../../text/verse.js';
import type { Observation } from '../check.js';

/** Where a text ends. */
interface Ending {
  readonly text: TextView;
  /** The last line that is not blank, without white space behind it. */
  readonly line: string;
  /** The nearest line before it that is not blank. */
  readonly above: string;
}

interface EndingRule {
  readonly message: string;
  stopsShort(ending: Ending): boolean;
  readonly severity?: 'flag';
}

const LIST_LABEL = /^(?:[-*•+] +)?(?:[-*•+]|\d{1,3}[.)]|[A-Za-z][.)])$/;
const LIST_ITEM = /^\s*(?:[-*•+]|\d{1,3}[.)]|[A-Za-z][.)])\s+\S/;
/** Words after which no sentence, title or line of verse ends; behind a comma an article is spoken of. */
const DANGLING_WORD =
  /\s(?:(?<!,\s)(?:[Tt]he|an?)|and|or|nor|because|than|their|its|your|our|my|whose|und|oder|dass|weil|et|ou|que|porque|pero|ein|eine|il|gli|или|что|потому)$/;
/** Hashtags and addresses need no full stop. */
const ENDS_IN_WORD = /(?:^|\s)["“‘(]?[\p{L}\d'’-]*[\p{L}\d]$/u;
/** Between two sentences; the letters before it rule out initials and list labels. */
const FINISHED_SENTENCE = /(?<=[\p{Ll})]{3}[.!?]["”’')]{0,2})\s+(?=["“‘(]?\p{Lu})/u;
const FINISHED = /[.!?…:;。！？]["”’'»)\]*_]{0,4}$/u;
/** An opening mark stands before a word and behind a space; one that closes does not. */
const OPEN_BRACKET = /(?:^|\s)\((?=[\p{L}\p{N}])(?!\p{L}\))/gu;
/** The last quotation mark of a line, when it opens one. */
const OPEN_QUOTE = /(?:^|[\s(])(?:“[^”“]{1,500}|"(?=[\p{L}\p{N}])[^"]{1,500})$/u;

const TAG_BEGUN = /^<\/?[a-z][a-z0-9-]{0,20}(?:\s[^>]*)?$/i;
const CLOSING_TAG = /<\/[a-z][a-z0-9-]{0,20}>/i;

const ENDING_RULES: readonly EndingRule[] = [
  {
    message: 'The text ends with the label of an empty list item.',
    stopsShort: ({ line, above }) => LIST_LABEL.test(line.trim()) && LIST_ITEM.test(above),
  },
  {
    message: 'The text ends with a word cut in two.',
    stopsShort: ({ line }) => /\p{L}-$/u.test(line),
  },
  {
    message: 'The text ends with a colon and nothing after it.',
    // The fields of a blank form all end with one, and are short.
    stopsShort: ({ text, line, above }) =>
      /[^:]:\**$/.test(line) && !isEmptyField(above) && !isField(text, line),
  },
  {
    message: 'The last field has nothing in it.',
    stopsShort: ({ text, line, above }) =>
      isField(text, line) && !isEmptyField(above) && !BLANK.test(text.raw),
    severity: 'flag',
  },
  {
    message: 'The text ends with an opening bracket.',
    stopsShort: ({ line }) => /(?<![:;=]-?)[([{]$/.test(line),
  },
  {
    message: 'The text ends with a comma.',
    // A letter ends `Yours sincerely,`.
    stopsShort: ({ line }) => line.endsWith(',') && countWords(line) > 4,
  },
  {
    message: 'The text ends in the middle of a sentence.',
    stopsShort: ({ line }) =>
      DANGLING_WORD.test(line) && countWords(line) > 2 && judgeCodeLine(line) !== 'code',
  },
  {
    message: 'The text ends within a tag.',
    stopsShort: ({ text, line }) =>
      TAG_BEGUN.test(line.slice(line.lastIndexOf('<'))) && CLOSING_TAG.test(text.raw),
  },
  {
    message: 'The text ends within a bracket.',
    stopsShort: ({ line }) =>
      !FINISHED.test(line) && countMatches(line, OPEN_BRACKET) > countMatches(line, /\)/g),
    severity: 'flag',
  },
  {
    message: 'The text ends within a quotation.',
    stopsShort: ({ line }) =>
      !FINISHED.test(line) &&
      OPEN_QUOTE.test(line) &&
      countMatches(line, /"/g) % 2 === (line.includes('“') ? 0 : 1),
    severity: 'flag',
  },
  {
    message: 'The text ends within bold type.',
    stopsShort: ({ line }) => countMatches(line, /\*\*/g) % 2 === 1 && /\*\*\p{L}/u.test(line),
    severity: 'flag',
  },
  {
    message: 'The text ends with a heading and nothing under it.',
    stopsShort: ({ text }) => endsWithHeading(text),
    severity: 'flag',
  },
  {
    message: 'The last paragraph has no end: its last sentence stops without punctuation.',
    stopsShort: ({ line, text }) =>
      ENDS_IN_WORD.test(line) && (leavesLongSentence(line) || leavesPunctuation(text)),
    severity: 'flag',
  },
];

function isEmptyField(line: string): boolean {
  return /:[\s*_.]*$/.test(line) && countWords(line) <= 6;
}

/** `Name:`, a label of at most three words with or without something behind it. */
const FIELD = /^[\s*#_-]{0,6}\p{Lu}[^\s:]{0,30}(?: [^\s:]{1,30}){0,2}:/u;
const FEWEST_FIELDS = 3;
/** What a form has in the place of what is to be filled in. */
const BLANK = /\[[^\]\n]{1,60}\]|_{3,}|\.{4,}/;

/** The last line is a bare label, and most other lines are labelled as well. */
function isField({ lines }: TextView, line: string): boolean {
  const label = FIELD.exec(line)?.[0];
  if (label === undefined || !/^\**$/.test(line.slice(label.length))) return false;
  const written = lines.filter(({ kind }) => kind !== 'blank');
  const fields = written.filter(({ content }) => FIELD.test(content)).length;
  return fields >= FEWEST_FIELDS && fields * 2 > written.length;
}

/** Tells by its last lines whether a text stops before its end. */
export function findUnfinishedEnding(text: TextView): Observation | null {
  const end = text.raw.trimEnd().length;
  const lines = text.raw.slice(0, end).split('\n');
  const line = lines.pop() ?? '';
  const above = lines.findLast((other) => other.trim() !== '') ?? '';
  const ending = { text, line: line.trimEnd(), above };
  const rule = ENDING_RULES.find((candidate) => candidate.stopsShort(ending));
  if (rule === undefined) return null;
  const { message, severity } = rule;
  return { message, start: end - line.length, end, ...(severity && { severity }) };
}

/** `Thank you. Sincerely, Jo Smith` is complete; what stops after a finished sentence has to be longer than that. */
function leavesLongSentence(line: string): boolean {
  const sentences = line.split(FINISHED_SENTENCE);
  return sentences.length > 1 && countWords(sentences.at(-1) ?? '') > 4;
}

/** In words; a title or a signature is shorter. */
const LONG_LINE = 8;
const FEWEST_FINISHED = 2;

/** The last line is of a kind with others, which all end with punctuation. */
function leavesPunctuation(text: TextView): boolean {
  const lines = text.lines.filter(({ kind }) => kind !== 'blank');
  const last = lines.pop();
  if (last === undefined || last.kind !== 'text' || countWords(last.content) < LONG_LINE) return false;
  const others = lines.filter(({ kind, content }) => kind === last.kind && countWords(content) >= LONG_LINE);
  return (
    others.length >= FEWEST_FINISHED &&
    others.every(({ content }) => FINISHED.test(content)) &&
    !isVerse(text)
  );
}

/** A heading like those before it, which all have something under them. */
function endsWithHeading(text: TextView): boolean {
  const lines = text.lines.slice(0, text.lines.findLastIndex(({ kind }) => kind !== 'blank') + 1);
  const last = lines.pop();
  // In code that no fence marks, a comment looks like a heading.
  if (last === undefined || !isMarkedHeading(last) || lines.at(-1)?.kind !== 'blank') return false;
  const above = lines.findLast(({ kind }) => kind !== 'blank');
  return lines.some(isMarkedHeading) && above?.kind !== 'heading' && !FINISHED.test(last.content);
}

function isMarkedHeading({ kind, content }: Line): boolean {
  return kind === 'heading' && !content.endsWith(':');
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
