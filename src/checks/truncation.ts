import type { Observation, ReplyCheck } from './check.js';

/** What servers call it when they, not the model, ended the completion. */
const CUT_REASONS = new Set(['length', 'max_tokens', 'model_length', 'content_filter']);

/** Whether the server says that it cut the completion off. */
export function wasCut(finishReason: string | null): boolean {
  return finishReason !== null && CUT_REASONS.has(finishReason.toLowerCase());
}

/**
 * The answer stops before its end. An end marker proves that it does not, except inside a code block. Without one
 * the finish reason decides, and since some servers always say `stop`, so does the text itself.
 */
export const truncated: ReplyCheck = {
  id: 'truncated',
  version: 1,
  severity: 'fail',
  description: 'The refined response was cut off before its end.',
  reads: 'reply',
  find: ({ parsed, finishReason, example }) => {
    const text = parsed.candidate ?? '';
    if (!parsed.ended && wasCut(finishReason)) {
      return [{ message: `The reply was cut off (finish reason ${finishReason}).` }];
    }
    const ending = findOpenFence(text) ?? (parsed.ended ? null : findUnfinishedEnding(text));
    return ending === null || endsLikewise(ending, example.response) ? [] : [ending];
  },
};

/** The original ends in the same manner, so this is how such a text goes: a form, a quiz, a line of code. */
function endsLikewise(ending: Observation, response: string): boolean {
  const original = response.trimEnd();
  return (findOpenFence(original) ?? findUnfinishedEnding(original))?.message === ending.message;
}

function findOpenFence(text: string): Observation | null {
  const fences = [...text.matchAll(/^[ \t]*(?:`{3,}|~{3,})[^`\n]*$/gm)];
  const last = fences.at(-1);
  if (last === undefined || fences.length % 2 === 0) return null;
  return { message: 'The text ends inside a code block.', start: last.index, end: text.length };
}

interface EndingRule {
  readonly message: string;
  /** Tests the last line; `above` is the nearest line before it that is not blank. */
  stopsShort(line: string, above: string): boolean;
  readonly severity?: 'flag';
}

const LIST_LABEL = /^(?:[-*•+] +)?(?:[-*•+]|\d{1,3}[.)]|[A-Za-z][.)])$/;
const LIST_ITEM = /^\s*(?:[-*•+]|\d{1,3}[.)]|[A-Za-z][.)])\s+\S/;
/** Words after which no sentence, title or line of verse ends. */
const DANGLING_WORD = /\s(?:[Tt]he|an?|and|or|nor|because|than|their|its|your|our|my|whose)$/;
/** Hashtags and addresses need no full stop. */
const ENDS_IN_WORD = /(?:^|\s)["“‘(]?[\p{L}\d'’-]*[\p{L}\d]$/u;
/** Between two sentences; the letters before it rule out initials and list labels. */
const FINISHED_SENTENCE = /(?<=[\p{Ll})]{3}[.!?]["”’')]{0,2})\s+(?=["“‘(]?\p{Lu})/u;

const ENDING_RULES: readonly EndingRule[] = [
  {
    message: 'The text ends with the label of an empty list item.',
    stopsShort: (line, above) => LIST_LABEL.test(line.trim()) && LIST_ITEM.test(above),
  },
  {
    message: 'The text ends with a word cut in two.',
    stopsShort: (line) => /\p{L}-$/u.test(line),
  },
  {
    message: 'The text ends with a colon and nothing after it.',
    // The fields of a blank form all end with one, and are short.
    stopsShort: (line, above) =>
      /[^:]:\**$/.test(line) && !(/:[\s*_.]*$/.test(above) && countWords(above) <= 6),
  },
  {
    message: 'The text ends with an opening bracket.',
    stopsShort: (line) => /[([{]$/.test(line),
  },
  {
    message: 'The text ends with a comma.',
    // A letter ends `Yours sincerely,`.
    stopsShort: (line) => line.endsWith(',') && countWords(line) > 4,
  },
  {
    message: 'The text ends in the middle of a sentence.',
    stopsShort: (line) => DANGLING_WORD.test(line) && countWords(line) > 2,
  },
  {
    message: 'The last paragraph has no end: its last sentence stops without punctuation.',
    stopsShort: (line) => ENDS_IN_WORD.test(line) && leavesLongSentence(line),
    severity: 'flag',
  },
];

function findUnfinishedEnding(text: string): Observation | null {
  const end = text.trimEnd().length;
  const lines = text.slice(0, end).split('\n');
  const line = lines.pop() ?? '';
  const above = lines.findLast((other) => other.trim() !== '') ?? '';
  const rule = ENDING_RULES.find((candidate) => candidate.stopsShort(line.trimEnd(), above));
  if (rule === undefined) return null;
  const { message, severity } = rule;
  return { message, start: end - line.length, end, ...(severity && { severity }) };
}

/** `Thank you. Sincerely, Jo Smith` is complete; what stops after a finished sentence has to be longer than that. */
function leavesLongSentence(line: string): boolean {
  const sentences = line.split(FINISHED_SENTENCE);
  return sentences.length > 1 && countWords(sentences.at(-1) ?? '') > 4;
}

function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
