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
const BUILDS_ON_INPUT =
  /\b(?:add|append|expand|extend|continu|complet|finish|insert|edit|correct|proofread|rewrit|re-write|revis|fix|punctuat|capitali|format|combin|start|begin|based on|following|given|using|includ|translat|paraphras)/i;

/** What begins as a task does, or is closed like a sentence that is no question. */
const ORDER = new RegExp(String.raw`^(?:${TASK_VERBS})\b|[.!:。！：]["”’')*_]*$`, 'i');

type ThresholdName = 'instruction_words' | 'input_words';

/** The text repeats what was asked before it answers, or what our prompt put around that. */
export const promptEcho = candidateCheck<ThresholdName>({
  id: 'prompt_echo',
  version: 1,
  severity: 'flag',
  description: 'The refined response opens with the instruction or the input, or holds parts of the prompt.',
  thresholds: {
    instruction_words: {
      default: 5,
      description: 'The fewest words of an instruction that is no mere topic, of which a title may consist.',
    },
    input_words: { default: 20, description: 'The fewest words of an input that is told from a mere topic.' },
  },
  find: (subject, thresholds) => [
    ...findPromptParts(subject),
    ...findEcho(subject, 'instruction', thresholds.instruction_words),
    ...findEcho(subject, 'input', thresholds.input_words),
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
  const hasLabel = PROMPT_LABEL.test(opening.content);
  const buildsOn = BUILDS_ON_INPUT.test(example.instruction);
  if (!hasLabel && (field === 'instruction' ? isTitle(opening) : buildsOn)) return [];
  const parts = [example[field]];
  if (field === 'instruction' && !buildsOn) parts.push(instruction.sentences[0]?.text ?? '');
  const asked = parts
    .map(readWords)
    .find((words) => words.length >= fewestWords && opensWith(refined.words, words, hasLabel));
  if (asked === undefined || opensWith(original.words, asked, true)) return [];
  const message = `The text opens with the ${field} itself: ${shorten(opening.content)}.`;
  const isGrave =
    hasLabel ||
    // A topic or a question may well head its answer, and an order be the beginning of a longer one.
    (field === 'instruction' && ORDER.test(opening.content) && endsAfter(opening, asked.length));
  return [{ message, start: opening.start, end: opening.end, ...(!isGrave && { severity: 'note' }) }];
}

function opensWith(words: readonly string[], asked: readonly string[], behindLabel: boolean): boolean {
  const from = behindLabel && words[0] !== asked[0] ? 1 : 0;
  return asked.every((word, place) => words[from + place] === word);
}

/** Whether a line, its first sentence, or what stands before its colon has no more words than that. */
function endsAfter({ content }: Line, words: number): boolean {
  const [sentence] = splitSentences(content, 0);
  return [content, sentence?.text ?? '', content.split(':', 1)[0] ?? ''].some(
    (part) => readWords(part).length <= words,
  );
}

/** A headline, by its marks or its capitals. */
function isTitle({ kind, content }: Line): boolean {
  const words = content.match(/\p{L}{4,}/gu) ?? [];
  return kind === 'heading' || (!/[.!]$/.test(content) && words.every((word) => /^\p{Lu}/u.test(word)));
}
