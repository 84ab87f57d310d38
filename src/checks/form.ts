import type { TextView } from '../text/text-view.js';
import { readWords } from '../text/words.js';
import { candidateCheck, type Observation } from './check.js';
import { isWork } from './request/genres.js';
import { readRequest } from './request/request.js';

/** Words of a line of verse, at the most. */
const VERSE_LINE_WORDS = 14;
/** `Anna: Good morning.`, `ANNA (smiling): ...` */
const SPEAKER =
  /^[*_"“]{0,3}(\p{Lu}[\p{L}\p{N}.' -]{0,30})[*_]{0,2}(?:\s?\([^)\n]{1,40}\))?[*_]{0,2}\s?:[*_"”]{0,3}\s+\S/u;
const SALUTATION = /^\s*(?:dear|hi|hello|hey|to whom|good (?:morning|afternoon|evening))\b/im;

/** How a text looks, in shares of its words from 0 to 1. */
interface Form {
  /** In list items. */
  readonly items: number;
  /** In short lines that follow one another, bulleted or not. */
  readonly verse: number;
  /** In lines that a speaker opens. */
  readonly speech: number;
  /** Different speakers. */
  readonly speakers: number;
  readonly hasSalutation: boolean;
}

function formOf({ lines, wordCount, raw }: TextView): Form {
  const sums = { items: 0, verse: 0, speech: 0 };
  const speakers = new Set<string>();
  let run = 0;
  let runLines = 0;
  const endRun = (): void => {
    if (runLines >= 2) sums.verse += run;
    run = 0;
    runLines = 0;
  };
  for (const { kind, content } of lines) {
    const words = readWords(content).length;
    if (kind === 'item') sums.items += words;
    const speaker = kind === 'text' ? SPEAKER.exec(content)?.[1] : undefined;
    if (speaker !== undefined) {
      sums.speech += words;
      speakers.add(speaker);
    }
    if ((kind === 'text' || kind === 'item') && words <= VERSE_LINE_WORDS) {
      run += words;
      runLines++;
    } else if (kind !== 'blank') endRun();
  }
  endRun();
  const share = (words: number): number => words / Math.max(1, wordCount);
  return {
    items: share(sums.items),
    verse: share(sums.verse),
    speech: share(sums.speech),
    speakers: speakers.size,
    hasSalutation: SALUTATION.test(raw.slice(0, 400)),
  };
}

/** Prose, verse, dialogue or a letter became something else. */
export const formChanged = candidateCheck({
  id: 'form_changed',
  version: 1,
  severity: 'flag',
  description:
    'Prose became a list (a note), or verse, dialogue or a letter lost the form that makes it one.',
  thresholds: {
    items: {
      default: 0.3,
      description: 'Share of the words in list items from which on prose has become a list.',
    },
  },
  find: ({ instruction, refined, original }, { items }) => {
    const { genre } = readRequest(instruction);
    const before = formOf(original);
    const after = formOf(refined);
    const found = (message: string): Observation[] => [{ message }];
    if (before.verse >= 0.6 && genre === 'verse' && after.verse < 0.3)
      return found('The verse is gone: the text has no lines of verse.');
    if (
      before.speech >= 0.5 &&
      before.speakers >= 2 &&
      genre === 'drama' &&
      after.speech < 0.15 &&
      after.speakers < 2
    ) {
      return found('The dialogue is gone: nobody speaks in the text.');
    }
    if (before.hasSalutation && genre === 'letter' && !after.hasSalutation)
      return found('The letter is gone: the text addresses nobody.');
    const becameList = before.items < 0.1 && after.items >= items && (isWork(genre) || genre === 'essay');
    return becameList ? [{ message: 'Running text became a list.', severity: 'note' }] : [];
  },
});
