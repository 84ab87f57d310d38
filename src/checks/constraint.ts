import { shorten } from '../errors.js';
import type { TextView } from '../text/text-view.js';
import { type CandidateSubject, candidateCheck, type Observation, type ThresholdValues } from './check.js';
import { type AskedAmount, readAmounts } from './constraint/amounts.js';
import { ASKED_FORMS } from './constraint/asked-form.js';
import { readAskedItems } from './constraint/asked-items.js';
import { type AskedWording, readAskedWording } from './constraint/asked-words.js';
import { type Measured, measure } from './constraint/measures.js';
import type { Severity } from './severity.js';

/** A length, a number, a word or a form that the instruction plainly asks for is not there. */
export const constraint = candidateCheck({
  id: 'constraint',
  version: 1,
  severity: 'flag',
  description:
    'A length, number, word or form that the instruction plainly asks for was missed by far, or kept before and lost.',
  thresholds: {
    tolerance: {
      default: 0.1,
      description: 'By which share of it a length may be missed and still count as kept.',
    },
    farBelow: {
      default: 0.5,
      description: 'The share of the smallest length asked for below which any response is far too short.',
    },
    newlyBelow: {
      default: 0.65,
      description:
        'The share of it below which a response is far too short where the original kept the length.',
    },
    newlyAbove: {
      default: 1.5,
      description:
        'The multiple of the largest length above which it is far too long where the original kept it.',
    },
    fewestParts: {
      default: 0.5,
      description:
        'The share of the paragraphs, items, lines or sentences asked for up to which they are far too few.',
    },
    mostParts: {
      default: 2,
      description:
        'The multiple of the paragraphs, lines or sentences asked for from which they are far too many.',
    },
  },
  find: (subject, thresholds) => [
    ...checkAmounts(subject, thresholds),
    ...checkWording(subject),
    ...checkForms(subject),
  ],
});

function* checkAmounts(subject: CandidateSubject, thresholds: ThresholdValues): Generator<Observation> {
  const { instruction } = subject.example;
  const items = readAskedItems(instruction);
  for (const asked of [...readAmounts(instruction), ...(items === null ? [] : [items])]) {
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

/** Words or characters: short of a long text by half is bad, whatever the original was. */
function judgeLength(
  asked: AskedAmount,
  now: Measured,
  before: Measured | null,
  { tolerance = 0, farBelow = 0, newlyBelow = 0, newlyAbove = 0 }: ThresholdValues,
): Severity | null {
  const missed = miss(asked, now);
  if (missed >= 1 - tolerance && missed <= 1 + tolerance) return null;
  const missedBefore = before === null ? 1 : miss(asked, before);
  // A label or a signature may be all that stands above a handful of words.
  const isExcess = missed > newlyAbove && now.fewest - asked.max >= 10;
  if (missed < farBelow) return 'flag';
  if (missed < newlyBelow && missedBefore >= 1 - 2 * tolerance) return 'flag';
  return isExcess && missedBefore <= 1 + tolerance ? 'flag' : 'note';
}

/** Paragraphs, items and the like are flagged only where the original had them. */
function judgeParts(
  asked: AskedAmount,
  now: Measured,
  before: Measured | null,
  { refined, original }: CandidateSubject,
  { fewestParts = 0, mostParts = 0 }: ThresholdValues,
): Severity | null {
  const wasKept = before !== null && before.most >= asked.min;
  if (asked.unit === 'paragraphs' && wasKept && isNowList(asked, now, refined, original)) return 'flag';
  const missed = miss(asked, now);
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

/** By how much a number was missed: its share of the smallest, or its multiple of the largest; 1 when it was kept. */
function miss({ min, max }: AskedAmount, { fewest, most }: Measured): number {
  if (most < min) return most / min;
  return fewest > max ? fewest / max : 1;
}

function describe({ unit, words, min }: AskedAmount, { fewest, most }: Measured): string {
  const count = most < min ? most : fewest;
  return `The instruction asks for ${shorten(words)}; the text has ${count} ${unit}.`;
}

function* checkWording({ example, refined, original }: CandidateSubject): Generator<Observation> {
  for (const { kind, phrases } of readAskedWording(example)) {
    const lost = phrases.filter((phrase) => obeys(kind, phrase, original) && !obeys(kind, phrase, refined));
    if (lost.length === 0) continue;
    yield {
      message: `${WORDING[kind]} ${lost.map((phrase) => shorten(phrase)).join(', ')}, as the original does.`,
      severity: lost.length * 2 >= phrases.length ? 'flag' : 'note',
    };
  }
}

const WORDING: Readonly<Record<AskedWording['kind'], string>> = {
  contains: 'The instruction asks for words that the text does not use:',
  avoids: 'The text uses words that the instruction forbids:',
  begins: 'The text does not begin with the words that the instruction asks for:',
  ends: 'The text does not end with the words that the instruction asks for:',
};

/** Titles, greetings and marks may stand before the beginning, and behind the end. */
const EDGE_SLACK = 200;

function obeys(kind: AskedWording['kind'], phrase: string, { raw }: TextView): boolean {
  const text = normalise(raw);
  const words = normalise(phrase);
  switch (kind) {
    case 'contains':
      return containsForm(text, words);
    case 'avoids':
      return !` ${text} `.includes(` ${words} `);
    case 'begins':
      return text.slice(0, words.length + EDGE_SLACK).includes(words);
    case 'ends':
      return text.slice(-(words.length + EDGE_SLACK)).includes(words);
  }
}

/** The words, in any inflection of the last: `city` is used in `cities`. */
function containsForm(text: string, words: string): boolean {
  const stem = words.length > 4 ? words.replace(/(?:ies|ing|y|e|es|s|ed)$/, '') : words;
  return text.startsWith(stem) || text.includes(` ${stem}`);
}

function normalise(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/['’]/g, '')
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}

function* checkForms({ example, refined, original }: CandidateSubject): Generator<Observation> {
  for (const { name, asks, isKept } of ASKED_FORMS) {
    const asked = asks.exec(example.instruction);
    if (asked === null || !isKept(original, asked) || isKept(refined, asked)) continue;
    yield { message: `The instruction asks for ${name}, which the original kept and the text does not.` };
  }
}
