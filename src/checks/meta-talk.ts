import type { Sentence } from '../text/sentences.js';
import type { TextView } from '../text/text-view.js';
import { readWords } from '../text/words.js';
import { candidateCheck, type Observation } from './check.js';
import { isWork } from './request/genres.js';
import { type Request, readRequest } from './request/request.js';
import { findHandOvers } from './talk-about-text/hand-over.js';
import { namesWork, RENDERINGS } from './talk-about-text/names-of-texts.js';
import { talkOf, wordsBehindLabel } from './talk-about-text/sentence-talk.js';
import { speaksOfVersions } from './talk-about-text/version-talk.js';

/** How many sentences of a text's opening, and of its closing, are where a model speaks about its answer. */
const EDGE_SENTENCES = 3;

interface Edges {
  readonly opening: readonly Sentence[];
  readonly closing: readonly Sentence[];
}

function edgesOf({ sentences }: TextView): Edges {
  return { opening: sentences.slice(0, EDGE_SENTENCES), closing: sentences.slice(-EDGE_SENTENCES) };
}

/** What a refinement prompt asks to be better at, as adjectives and nouns. */
const CRITERION = /^(?:helpful(?:ness)?|relevan(?:t|ce)|accura(?:te|cy)|detail(?:s|ed)?)$/;

/**
 * Whether a sentence rates the text by the prompt's criteria: three of them are the prompt's in whatever words, two where
 * they compare a work (`a more relevant and accurate version`).
 */
function namesCriteria(words: readonly string[], request: Request): boolean {
  const places = words.flatMap((word, place) => (CRITERION.test(word) ? [place] : []));
  const named = new Set(places.map((place) => words[place]?.slice(0, 6)));
  if (named.size >= 3 || (named.size === 2 && words.includes('helpfulness'))) return true;
  const last = places.at(-1) ?? words.length;
  const isCompared = words.slice(0, last).includes('more');
  return (
    named.size === 2 &&
    isCompared &&
    words.slice(last + 1, last + 4).some((word) => RENDERINGS.has(word) || namesWork(word, request))
  );
}

/** A work neither begins by being judged nor ends by being told what to contain. */
function judgesItself(sentence: Sentence, isOpening: boolean, request: Request, original: TextView): boolean {
  if (request.judgesText || (!isOpening && request.genre === null)) return false;
  // A program that was described in words may be again.
  if (request.genre === 'code' && original.code.length === 0) return false;
  const talk = talkOf(sentence.text, request);
  if (isOpening)
    return (
      (talk === 'judgement' || talk === 'prescription') && isWork(request.genre) && request.genre !== 'code'
    );
  return talk === 'prescription' && namesIt(sentence.text, request) && request.genre !== 'guidance';
}

function namesIt(text: string, request: Request): boolean {
  return readWords(text).some(
    (word, place, all) => /^(?:the|this)$/.test(all[place - 1] ?? '') && namesWork(word, request),
  );
}

/** The opening or the closing speaks about versions of the answer. */
export const metaTalk = candidateCheck({
  id: 'meta_talk',
  version: 1,
  severity: 'flag',
  description:
    'The text opens or closes on the earlier answer, on being the revised one, or on its own merits.',
  find: ({ instruction, refined, original, example }) => {
    const request = readRequest(instruction);
    const before = original.raw.toLowerCase();
    const { opening, closing } = edgesOf(refined);
    const said = [...new Set([...opening, ...closing])].flatMap((sentence): Observation[] => {
      const isOpening = opening.includes(sentence);
      const { text, start, end } = sentence;
      if (before.includes(text.toLowerCase())) return [];
      const words = wordsBehindLabel(text);
      const isRated = namesCriteria(words, request);
      if (isRated || speaksOfVersions(words, request)) {
        const message = `The text ${isOpening ? 'opens' : 'closes'} on the answer itself: versions of it, or how good it is.`;
        // Who was asked to revise a text may say `Here is the revised text`.
        const isAsked = request.changesText && isOpening && !isRated;
        return [{ message, start, end, ...(isAsked && { severity: 'note' as const }) }];
      }
      return judgesItself(sentence, isOpening, request, original)
        ? [
            {
              message: `The text ${isOpening ? 'opens by judging the work, or saying what it should be' : 'closes on what the work should be'}.`,
              start,
              end,
            },
          ]
        : [];
    });
    const handedOver = findHandOvers(refined, request, example)
      .filter(({ start, end }) => !said.some((other) => other.start === start || other.end === end))
      .map(
        ({ start, end, isAsked }): Observation => ({
          message: 'The text hands over a revision, to whoever asked for one.',
          start,
          end,
          ...(isAsked && { severity: 'note' }),
        }),
      );
    return [...said, ...handedOver];
  },
});

/** `Here is a more detailed version`: harmless, but a reader wonders: more than what? */
export const comparativeOpener = candidateCheck({
  id: 'comparative_opener',
  version: 1,
  severity: 'note',
  description:
    'The text announces something more detailed, or otherwise better, than its reader has ever seen.',
  find: ({ instruction, refined }) => {
    const request = readRequest(instruction);
    return edgesOf(refined).opening.flatMap(({ text, start, end }): Observation[] => {
      const words = wordsBehindLabel(text);
      const more = words.indexOf('more');
      const announced = words.slice(more + 1, more + 7);
      if (
        more < 0 ||
        !/(?:here(?:'s| is| are)|below|following)\b/i.test(text) ||
        !announced.some((word) => namesWork(word, request))
      )
        return [];
      return [
        {
          message: 'The text announces something better than an answer that its reader has not seen.',
          start,
          end,
        },
      ];
    });
  },
});

const PRAISE =
  /\b(?:comprehensive|detailed|thorough|engaging|concise|informative|insightful|clear|compelling|well-structured|valuable|in-depth|structured|vivid|holistic)\b/i;
const PRAISING =
  /\b(?:provid|offer|ensur|cover|aim|give|deliver|present|captur|highlight|encapsulat|serv|showcas|design)/i;

/** `This comprehensive overview provides ...`, as the last sentence. */
export const selfPraise = candidateCheck({
  id: 'self_praise',
  version: 1,
  severity: 'note',
  description: 'The text closes by praising itself.',
  find: ({ instruction, refined }) => {
    const request = readRequest(instruction);
    return refined.sentences.slice(-1).flatMap(({ text, start, end }): Observation[] => {
      const words = wordsBehindLabel(text);
      const subject = /^(?:this|these|the|our)$/.test(words[0] ?? '') ? words.slice(1, 6) : [];
      const praises =
        subject.some((word) => namesWork(word, request)) && PRAISE.test(text) && PRAISING.test(text);
      return praises ? [{ message: 'The text closes by praising itself.', start, end }] : [];
    });
  },
});
