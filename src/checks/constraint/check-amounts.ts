import { shorten } from '../../errors.js';
import type { TextView } from '../../text/text-view.js';
import type { CandidateSubject, Observation, ThresholdValues } from '../check.js';
import { type AskedAmount, readAmounts } from '../request/amounts.js';
import { readAskedItems } from '../request/asked-items.js';
import { type Measured, measure, missedBy } from '../request/measures.js';
import type { Severity } from '../severity.js';

/** The thresholds that amounts are judged by. */
export type AmountThreshold =
  | 'tolerance'
  | 'farBelow'
  | 'newlyBelow'
  | 'newlyAbove'
  | 'fewestParts'
  | 'mostParts';

/** Compares the lengths and numbers that an instruction asks for with those of the text. */
export function* checkAmounts(
  subject: CandidateSubject,
  thresholds: ThresholdValues<AmountThreshold>,
): Generator<Observation> {
  const { instruction } = subject.example;
  const items = readAskedItems(instruction);
  for (const asked of [...readAmounts(instruction), ...(items === null ? [] : [items])]) {
    if (!asked.isPlain) continue;
    const now = measure(asked.unit, subject.refined);
    if (now === null) continue;
    const before = measure(asked.unit, subject.original);
    const severity =
      asked.unit === 'words' || asked.unit === 'characters'
        ? judgeLength(asked, now, before, thresholds)
        : judgeParts(asked, now, before, subject, thresholds);
    if (severity !== null) yield { message: describe(asked, now), severity };
  }
}

/** Fewer words than this are a phrase, in which each counts; the original then tells what is close enough. */
const LONG = 20;

/** Words or characters: short of a long text by half is bad, whatever the original was. */
function judgeLength(
  asked: AskedAmount,
  now: Measured,
  before: Measured | null,
  { tolerance, farBelow, newlyBelow, newlyAbove }: ThresholdValues<AmountThreshold>,
): Severity | null {
  const missed = missedBy(asked, now);
  if (missed >= 1 - tolerance && missed <= 1 + tolerance) return null;
  const missedBefore = before === null ? 1 : missedBy(asked, before);
  // A label or a signature may be all that stands above a handful of words.
  const isExcess = missed > newlyAbove && now.fewest - asked.max >= 10;
  if (missed < farBelow && asked.min >= LONG) return 'flag';
  if (missed < newlyBelow && missedBefore >= 1 - tolerance) return 'flag';
  return isExcess && missedBefore <= 1 + tolerance ? 'flag' : 'note';
}

/** Paragraphs, items and the like are flagged only where the original had them. */
function judgeParts(
  asked: AskedAmount,
  now: Measured,
  before: Measured | null,
  { refined, original }: CandidateSubject,
  { fewestParts, mostParts }: ThresholdValues<AmountThreshold>,
): Severity | null {
  const wasKept = before !== null && before.most >= asked.min;
  const hadSeveral = before !== null && before.fewest >= 2;
  if (asked.unit === 'paragraphs' && hadSeveral && isNowList(asked, now, refined, original)) return 'flag';
  const missed = missedBy(asked, now);
  if (missed === 1) return null;
  const isFew = missed <= fewestParts && wasKept;
  const isMany =
    missed >= mostParts && now.fewest - asked.max >= 2 && before !== null && before.fewest <= asked.max;
  return isFew || isMany ? 'flag' : 'note';
}

/** Paragraphs turned into a list, whatever stands around it; one heading for each paragraph leaves them recognisable. */
function isNowList(
  { min }: AskedAmount,
  { fewest }: Measured,
  refined: TextView,
  original: TextView,
): boolean {
  const items = refined.items.length;
  if (min < 2 || items < 2 || original.items.length >= 2) return false;
  const headings = refined.lines.filter(({ kind }) => kind === 'heading').length;
  return headings !== min && (items >= 3 || fewest * 2 <= min);
}

function describe({ unit, words, min }: AskedAmount, { fewest, most }: Measured): string {
  const count = most < min ? most : fewest;
  return `The instruction asks for ${shorten(words)}; the text has ${count} ${unit}.`;
}
