import { shorten } from '../errors.js';
import { differInLanguage } from '../text/language.js';
import type { LeakedTask } from '../text/leaked-task.js';
import { type TextView, viewText } from '../text/text-view.js';
import { type CandidateSubject, candidateCheck, type Observation, type ThresholdValues } from './check.js';

/** The text runs on into another task, as the generators of datasets do; or the original did. */
export const leakedTask = candidateCheck({
  id: 'leaked_task',
  version: 1,
  severity: 'flag',
  description: 'Another task stands within the refined response; within the original only, it is noted.',
  find: ({ refined, original, instruction, example }) => {
    const { leak } = refined;
    // A task about tasks may well be answered with one.
    if (instruction.leak !== null || viewText(example.input).leak !== null) return [];
    if (leak !== null) {
      const likewise = original.leak === null ? '' : ', as does the original response';
      const message = `The text runs on into another task at ${shorten(leak.mark)}${likewise}.`;
      return [{ message, start: leak.start, end: refined.raw.length }];
    }
    if (original.leak === null) return [];
    return [
      {
        message: `The original response, not the refined one, runs on into another task at ${shorten(original.leak.mark)}.`,
        severity: 'note',
      },
    ];
  },
});

/** The text answers something else than its instruction. */
export const wrongTask = candidateCheck<LeakThreshold | 'related' | 'contentWords'>({
  id: 'wrong_task',
  version: 1,
  severity: 'flag',
  description:
    'The refined response answers another task: one that leaked into the original, or none that is known.',
  thresholds: {
    leakedWords: { default: 5, description: 'The fewest content words that only the leaked task has.' },
    notedShare: {
      default: 0.3,
      description:
        'So many of them for each content word that only the own task has are noted; nearly as many are flagged.',
    },
    related: {
      default: 0.08,
      description:
        'The share of its content words that instruction, input and original have to have, at least.',
    },
    contentWords: {
      default: 15,
      description: 'The fewest content words of either text that are enough to judge by.',
    },
  },
  find: (subject, thresholds) => {
    const { refined, original } = subject;
    const own = ownContent(subject);
    if (original.leak !== null) {
      return findLeakedAnswer(refined, own, original, original.leak, thresholds);
    }
    const { stems } = refined;
    // A word or two in answer say nothing of what a longer answer has to speak of.
    if (Math.min(stems.size, original.stems.size) < thresholds.contentWords) return [];
    if (countShared(stems, own) >= stems.size * thresholds.related) return [];
    if (differInLanguage(original.writtenIn, refined.writtenIn)) return [];
    const known = 'the instruction, the input and the original response';
    return [{ message: `The text has hardly a word in common with ${known}.` }];
  },
});

/** So many words of the leaked task for each of the own one tell that the text belongs to the leaked task. */
const NEARLY_AS_MANY = 0.8;

type LeakThreshold = 'leakedWords' | 'notedShare';

function findLeakedAnswer(
  refined: TextView,
  own: ReadonlySet<string>,
  original: TextView,
  { start, mark }: LeakedTask,
  { leakedWords, notedShare }: ThresholdValues<LeakThreshold>,
): Observation[] {
  const leaked = viewText(original.raw.slice(start));
  const fromLeak = countShared(refined.stems, leaked.stems, own);
  const fromOwn = countShared(refined.stems, own, leaked.stems);
  if (fromLeak < leakedWords || fromLeak < fromOwn * notedShare) return [];
  const at = `the task that leaked into the original response at ${shorten(mark)}`;
  return fromLeak >= fromOwn * NEARLY_AS_MANY
    ? [{ message: `The text answers ${at}, not its own.` }]
    : [{ message: `The text takes something from ${at}.`, severity: 'note' }];
}

/** What the text may speak of: the content words of the example without the task that leaked in. */
function ownContent({ instruction, original, example }: CandidateSubject): ReadonlySet<string> {
  return new Set([...instruction.stems, ...viewText(example.input).stems, ...original.own.stems]);
}

const NOTHING: ReadonlySet<string> = new Set();

/** How many stems are among the wanted ones and not among the unwanted. */
function countShared(
  stems: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
  unwanted: ReadonlySet<string> = NOTHING,
): number {
  return [...stems].filter((stem) => wanted.has(stem) && !unwanted.has(stem)).length;
}
