import type { Sentence } from '../../text/sentences.js';
import type { TextView } from '../../text/text-view.js';
import { readWords } from '../../text/words.js';
import type { Request } from '../request/request.js';
import { type Talk, talkOf } from './sentence-talk.js';

/** A sentence that speaks about a text, and how. */
export interface TalkingSentence extends Sentence {
  readonly talk: Talk;
  /** Its number of words. */
  readonly words: number;
}

/** How much of a text speaks about a text. */
export interface TalkProfile {
  readonly sentences: readonly TalkingSentence[];
  /** The share of the whole text's words that stand in sentences of these kinds, from 0 to 1. */
  share(...kinds: readonly Talk[]): number;
}

const profiles = new WeakMap<TextView, { readonly request: Request; readonly profile: TalkProfile }>();

/** Sorts out the sentences of a text that speak about a text; for the same request once. */
export function profileTalk(view: TextView, request: Request): TalkProfile {
  const known = profiles.get(view);
  if (known?.request === request) return known.profile;
  const profile = drawProfile(view, request);
  profiles.set(view, { request, profile });
  return profile;
}

/** `Here is the improved answer:`, behind which the answer itself may follow. */
const ANNOUNCEMENT = /^[^:.!?\n]{0,40}\b(?:here|below|following|follows)\b[^:.!?\n]{0,120}:/i;

function talkingPart(sentence: string): string {
  return ANNOUNCEMENT.exec(sentence)?.[0] ?? sentence;
}

function drawProfile(view: TextView, request: Request): TalkProfile {
  let before: Talk | null = null;
  const sentences = view.sentences.flatMap((sentence): TalkingSentence[] => {
    const talk = talkOf(sentence.text, request, before !== null);
    before = talk;
    return talk === null ? [] : [{ ...sentence, talk, words: readWords(talkingPart(sentence.text)).length }];
  });
  return {
    sentences,
    share: (...kinds) =>
      sentences.reduce((sum, { talk, words }) => sum + (kinds.includes(talk) ? words : 0), 0) /
      Math.max(1, view.wordCount),
  };
}
