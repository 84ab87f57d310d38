import { readAskedCounts } from '../text/asked-count.js';
import { missedBy, readAskedLengths } from '../text/asked-length.js';
import type { TextView } from '../text/text-view.js';
import { type CandidateSubject, candidateCheck } from './check.js';

/** Far shorter than the original, though nothing asks for that. */
export const lengthCollapse = candidateCheck({
  id: 'length_collapse',
  version: 1,
  severity: 'flag',
  description: 'The refined response is far shorter than the original, and the instruction asks for no such length.',
  thresholds: {
    share: { default: 0.5, description: "Less than this share of the original's words is flagged." },
    noted_share: { default: 0.62, description: "Less than this share of the original's words is noted." },
    words: { default: 100, description: 'The fewest words of an original that is long enough to judge.' },
  },
  find: (subject, { share, noted_share, words }) => {
    const { refined, instruction } = subject;
    const original = subject.original.own;
    const limit = original.wordCount * Math.max(share, noted_share);
    if (refined.wordCount === 0 || original.wordCount < words || refined.wordCount >= limit) return [];
    const asked = compareWithAsked(subject);
    if (asked === 'nearer') return [];
    const isMild =
      refined.wordCount >= original.wordCount * share ||
      ASKS_FOR_BREVITY.test(instruction.raw) ||
      (asked !== 'farther' && hasAskedCount(refined, instruction));
    return [{ message: compareLengths(refined, original), ...(isMild && { severity: 'note' }) }];
  },
});

/** Far longer than the original, though nothing asks for that. */
export const lengthExplosion = candidateCheck({
  id: 'length_explosion',
  version: 1,
  severity: 'flag',
  description: 'The refined response is many times as long as the original, and the instruction asks for no such length.',
  thresholds: {
    times: { default: 10, description: "More than so many times the original's words is flagged." },
    noted_times: { default: 4, description: "More than so many times the original's words is noted." },
    words: { default: 30, description: 'The fewest words of an original that is long enough to judge.' },
    more_words: { default: 300, description: 'The fewest words that have to be added.' },
  },
  find: (subject, { times, noted_times, words, more_words }) => {
    const { refined } = subject;
    const original = subject.original.own;
    const limit = original.wordCount * Math.min(times, noted_times);
    if (original.wordCount < words || refined.wordCount <= limit) return [];
    if (refined.wordCount - original.wordCount < more_words || compareWithAsked(subject) === 'nearer') return [];
    const isMild = refined.wordCount <= original.wordCount * times;
    return [{ message: compareLengths(refined, original), ...(isMild && { severity: 'note' }) }];
  },
});

/** An input may name a length at its beginning; what it says farther on is material. In characters. */
const INPUT_HEAD = 200;

/** Words that ask for less than there was, whatever the number. */
const ASKS_FOR_BREVITY =
  /\b(?:summar|brief|concis|shorten|shorter|condens|headline|slogan|tweet|tl;?dr|in a nutshell|simplif|reduce|trim|résum|resum|zusammenfass|kurz|кратк)|摘要|总结|概括|要約|簡潔/i;

/** Whether the refined text comes nearer to a length that the instruction names than the original does. */
function compareWithAsked(subject: CandidateSubject): 'nearer' | 'farther' | 'no different' {
  const { refined, original, instruction, example } = subject;
  const differences = readAskedLengths(`${instruction.raw}\n${example.input.slice(0, INPUT_HEAD)}`).map(
    (length) => missedBy(refined, length) - missedBy(original.own, length),
  );
  if (differences.some((difference) => difference < 0)) return 'nearer';
  return differences.some((difference) => difference > 0) ? 'farther' : 'no different';
}

/** The instruction asks for so many things, and so many there are: nothing is missing, only brief. */
function hasAskedCount(refined: TextView, instruction: TextView): boolean {
  const indents = refined.items.map(({ indent }) => indent);
  const outermost = Math.min(...indents);
  return readAskedCounts(instruction.raw).includes(indents.filter((indent) => indent === outermost).length);
}

function compareLengths(refined: TextView, original: TextView): string {
  return `The text has ${refined.wordCount} words, the original response ${original.wordCount}.`;
}
