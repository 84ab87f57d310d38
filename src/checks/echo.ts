import { shorten } from '../errors.js';
import type { Line } from '../text/lines.js';
import { splitSentences } from '../text/sentences.js';
import { TASK_VERBS } from '../text/task-verbs.js';
import { readWords } from '../text/words.js';
import { type CandidateSubject, candidateCheck, type Observation } from './check.js';

/** Tags and lines of the prompts that examples are put into. */
const PROMPT_PARTS =
  /<\/?(?:instruction|input|response)>|\bBelow is an instruction that describes a task\b|\bWrite a response that appropriately completes the request\b/gi;
/** A label that only a prompt puts before a task; quizzes and essays have `Q:` and `Topic:`. */
const PROMPT_LABEL = /^[\s#*[]{0,8}(?:Instruction|Input|Prompt|Task)\b[\]*\s]{0,4}:/i;
/** A text that goes on from the input, or is the input put right, begins with it. */
const EDITS_INPUT =
  /\b(?:add|append|expand|extend|continu|complet|finish|insert|edit|correct|proofread|rewrit|re-write|revis|fix|punctuat|capitali|format|combin|sort|order|arrang|delet|remov|highlight|repeat|copy|translat|paraphras|divid|split)/i;
/** A text that uses the input may begin with it as well, as stories begin with the sentence that was given. */
const BUILDS_ON_INPUT = /\b(?:start|begin|based on|following|given|using|includ)/i;

/** What begins as a task does, or is closed like a sentence that is no question. */
const ORDER = new RegExp(String.raw`^(?:${TASK_VERBS})\b|[.!:。！：]["”’')*_]*$`, 'i');

type ThresholdName = 'instructionWords' | 'inputWords';

/** The text repeats what was asked before it answers, or what our prompt put around that. */
export const promptEcho = candidateCheck<ThresholdName>({
  id: 'prompt_echo',
  version: 1,
  severity: 'flag',
  description: 'The refined response opens with the instruction or the input, or holds parts of the prompt.',
  thresholds: {
    instructionWords: {
      default: 5,
      description: 'The fewest words of an instruction that is no mere topic, of which a title may consist.',
    },
    inputWords: { default: 20, description: 'The fewest words of an input that is told from a mere topic.' },
  },
  find: (subject, thresholds) => [
    ...findPromptParts(subject),
    ...findEcho(subject, 'instruction', thresholds.instructionWords),
    ...findEcho(subject, 'input', thresholds.inputWords),
  ],
});

function findPromptParts({ candidate, example }: CandidateSubject): Observation[] {
  const match = candidate.matchAll(PROMPT_PARTS).next().value;
  if (match === undefined) return [];
  const [part] = match;
  const known = `${example.instruction}\n${example.input}\n${example.response}`.toLowerCase();
  if (known.includes(part.toLowerCase())) return [];
  const { index } = match;
  return [
    {
      message: `A part of the prompt, ${shorten(part)}, stands in the text.`,
      start: index,
      end: index + part.length,
    },
  ];
}

/** Compares the words at which the text opens with a field, of the instruction also with its first sentence. */
function findEcho(
  subject: CandidateSubject,
  field: 'instruction' | 'input',
  fewestWords: number,
): Observation[] {
  const { refined, original, instruction, example } = subject;
  const opening = refined.lines.find(({ kind }) => kind !== 'blank');
  if (opening === undefined) return [];
  const report = (isGrave: boolean): Observation[] => [
    {
      message: `The text opens with the ${field} itself: ${shorten(opening.content)}.`,
      ...{ start: opening.start, end: opening.end },
      ...(!isGrave && { severity: 'note' }),
    },
  ];
  if (quotesBehindLabel(subject, opening, field)) return report(true);
  if (field === 'input' && repeatsBlock(subject)) return report(true);
  const mayOpenWithIt = EDITS_INPUT.test(example.instruction) || BUILDS_ON_INPUT.test(example.instruction);
  if (field === 'instruction' ? isTitle(opening) : mayOpenWithIt) return [];
  const parts = [example[field]];
  if (field === 'instruction' && !mayOpenWithIt) parts.push(instruction.sentences[0]?.text ?? '');
  const asked = parts
    .map(readWords)
    .find((words) => words.length >= fewestWords && opensWith(refined.words, words));
  if (asked === undefined || opensWith(original.words, asked)) return [];
  // A topic or a question may well head its answer, and an order be the beginning of a longer one.
  return report(field === 'instruction' && ORDER.test(opening.content) && endsAfter(opening, asked.length));
}

/** How many words behind a label are compared. */
const QUOTED_WORDS = 6;

/** The text has a label of the prompt in front, and then the very words that stood there. */
function quotesBehindLabel(
  { refined, original, instruction, example }: CandidateSubject,
  opening: Line,
  field: 'instruction' | 'input',
): boolean {
  const [label] = PROMPT_LABEL.exec(opening.content) ?? [];
  if (label === undefined || PROMPT_LABEL.test(original.raw.trimStart())) return false;
  // Who is asked for an input and an output labels them so.
  if (['input', 'output'].every((word) => instruction.words.includes(word))) return false;
  const from = readWords(label).length;
  const quoted = refined.words.slice(from, from + QUOTED_WORDS);
  return quoted.length === QUOTED_WORDS && readWords(example[field]).join(' ').includes(quoted.join(' '));
}

const BLOCK_LINES = 3;
const FIELD_OF_BLOCK = /^[\p{L} ]{2,30}:/mu;
/** So many words have to follow: else the block may be the answer, in another form. */
const WORDS_BEHIND = 20;

/** An input of several fields, word for word, and then the answer; a letter or a table is no such input. */
function repeatsBlock({ refined, candidate, example }: CandidateSubject): boolean {
  const block = joinLines(example.input);
  return (
    block.split('\n').length >= BLOCK_LINES &&
    FIELD_OF_BLOCK.test(block) &&
    joinLines(candidate).startsWith(block) &&
    refined.wordCount >= readWords(block).length + WORDS_BEHIND &&
    !EDITS_INPUT.test(example.instruction)
  );
}

/** The lines that are not blank, without outer white space. */
function joinLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function opensWith(words: readonly string[], asked: readonly string[]): boolean {
  return asked.every((word, place) => words[place] === word);
}

/** Whether a line, its first sentence, or what stands before its colon has no more words than that. */
function endsAfter({ content }: Line, words: number): boolean {
  const [sentence] = splitSentences(content, 0);
  return [content, sentence?.text ?? '', content.split(':', 1)[0] ?? ''].some(
    (part) => readWords(part).length <= words,
  );
}

/** A headline, by its marks or its capitals; none ends with a full stop. */
function isTitle({ kind, content }: Line): boolean {
  if (/[.!]["”’*_]*$/.test(content)) return false;
  const words = content.match(/\p{L}{4,}/gu) ?? [];
  return kind === 'heading' || words.every((word) => /^\p{Lu}/u.test(word));
}
