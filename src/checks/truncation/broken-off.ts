import { readSeries } from '../../text/series.js';
import type { TextView } from '../../text/text-view.js';
import { contentStems, readWords } from '../../text/words.js';
import type { CandidateSubject, Observation } from '../check.js';
import { readPossibleCounts } from '../request/asked-items.js';
import { allowsBrevity, compareWithRequest } from '../request/brevity.js';

/** Shorter than this share of the original, a text may have been broken off. */
const SHORTER = 0.7;

/** Finds out by the original whether a text follows it for a while and then stops. */
export function findBreakingOff(subject: CandidateSubject): Observation | null {
  const { refined, original, instruction } = subject;
  if (refined.wordCount === 0 || refined.wordCount >= original.own.wordCount * SHORTER) return null;
  if (compareWithRequest(subject) === 'nearer' || allowsBrevity(subject)) return null;
  const asked = readPossibleCounts(instruction.raw);
  return findBrokenSeries(refined, original.own, asked) ?? findCutPlace(refined, original.own, asked);
}

/** A shorter series may be part of another text by chance. */
const FEWEST_PARTS = 4;
/** Of a series that was merely tightened, more is left. */
const MOST_PARTS_LEFT = 0.6;
/** A part is gone when no more of its content words than this stand anywhere. */
const MOST_OF_GONE_PART = 0.6;

function findBrokenSeries(
  refined: TextView,
  original: TextView,
  asked: readonly number[],
): Observation | null {
  const ours = new Map(readSeries(refined).map((series) => [series.family, series.parts.length]));
  for (const { family, parts } of readSeries(original)) {
    const left = ours.get(family);
    if (left === undefined || parts.length < FEWEST_PARTS || left > parts.length * MOST_PARTS_LEFT) continue;
    if (asked.includes(left)) continue;
    const shares = parts.slice(left).map((part) => shareIn(part, refined));
    if (mean(shares) > MOST_OF_GONE_PART) continue;
    return {
      message: `The text ends after part ${left} of the ${parts.length} that the original has.`,
      severity: 'flag',
    };
  }
  return null;
}

/** Fewer lines or sentences tell nothing about where a text stops. */
const FEWEST_UNITS = 6;
/** Before the cut nearly everything is kept, behind it hardly anything, and that is at least half. */
const KEPT_BEFORE = 0.9;
const KEPT_BEHIND = 0.35;
const FEWEST_BEFORE = 2;

function findCutPlace(refined: TextView, original: TextView, asked: readonly number[]): Observation | null {
  const lines = original.lines.filter(({ kind }) => kind !== 'blank').map(({ content }) => content);
  const units = lines.length >= FEWEST_UNITS ? lines : original.sentences.map(({ text }) => text);
  const shares = units
    .filter((unit) => contentStems(readWords(unit)).size > 1)
    .map((unit) => shareIn(unit, refined));
  const kept = shares.findIndex((share) => share < KEPT_BEFORE);
  if (shares.length < FEWEST_UNITS || kept < FEWEST_BEFORE || kept * 2 > shares.length) return null;
  if (asked.includes(kept) || mean(shares.slice(kept)) > KEPT_BEHIND) return null;
  return {
    message: `The text follows the original for ${kept} of its ${shares.length} lines or sentences and leaves out the rest.`,
    severity: 'flag',
  };
}

function shareIn(part: string, text: TextView): number {
  const stems = [...contentStems(readWords(part))];
  return stems.length === 0 ? 1 : stems.filter((stem) => text.stems.has(stem)).length / stems.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
