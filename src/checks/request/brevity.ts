import type { TextView } from '../../text/text-view.js';
import type { CandidateSubject } from '../check.js';
import { type AskedAmount, readAmounts } from './amounts.js';
import { readPossibleCounts } from './asked-items.js';
import { measure, missedBy } from './measures.js';

/** An input may name a length at its beginning; what it says farther on is material. In characters. */
const INPUT_HEAD = 200;

/** Words that ask for less than there was, whatever the number. */
const ASKS_FOR_BREVITY =
  /\b(?:summar|brief|concis|shorten|shorter|condens|headline|slogan|tweet|tl;?dr|in a nutshell|simplif|reduce|trim|résum|resum|zusammenfass|kurz)|кратк|摘要|总结|概括|简洁|简短|简要|要約|簡潔/i;

/** Whether the refined text comes nearer to a length that the instruction names than the original does. */
export function compareWithRequest(subject: CandidateSubject): 'nearer' | 'farther' | 'no different' {
  const { refined, original, instruction, example } = subject;
  const asked = readAmounts(`${instruction.raw}\n${example.input.slice(0, INPUT_HEAD)}`);
  const differences = asked.map((amount) => distance(refined, amount) - distance(original.own, amount));
  if (differences.some((difference) => difference < 0)) return 'nearer';
  return differences.some((difference) => difference > 0) ? 'farther' : 'no different';
}

/** How far a text is from an amount, as a share of it: 0 when it keeps to it, or cannot be measured. */
function distance(text: TextView, asked: AskedAmount): number {
  const measured = measure(asked.unit, text);
  return measured === null ? 0 : Math.abs(missedBy(asked, measured) - 1);
}

/** Whether being brief is part of the task, or does it no harm: as many things are there as were asked for. */
export function allowsBrevity(subject: CandidateSubject): boolean {
  return (
    ASKS_FOR_BREVITY.test(subject.instruction.raw) ||
    (hasAskedCount(subject) && compareWithRequest(subject) !== 'farther')
  );
}

/** The instruction asks for so many things, and so many list items there are. */
export function hasAskedCount({ refined, instruction }: CandidateSubject): boolean {
  const outermost = refined.items.reduce(
    (least, { indent }) => Math.min(least, indent),
    Number.POSITIVE_INFINITY,
  );
  return readPossibleCounts(instruction.raw).includes(
    refined.items.filter(({ indent }) => indent === outermost).length,
  );
}
