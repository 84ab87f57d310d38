import type { Sentence } from '../text/sentences.js';
import type { TextView } from '../text/text-view.js';
import { type CandidateCheck, candidateCheck, type Observation } from './check.js';
import { type Request, readRequest } from './talk/artefacts.js';
import { namesWork, speaksOfVersions, wordsBehindLabel } from './talk/sentence-talk.js';

/** How many sentences of a text's opening, and of its closing, are where a model speaks about its answer. */
const EDGE_SENTENCES = 2;

interface Edges {
  readonly opening: readonly Sentence[];
  readonly closing: readonly Sentence[];
}

function edgesOf({ sentences }: TextView): Edges {
  const closing = sentences.slice(-EDGE_SENTENCES);
  return { opening: sentences.slice(0, EDGE_SENTENCES), closing };
}

/** What a refinement prompt asks to be better at, as adjectives and nouns. */
const CRITERIA = /^(?:helpful(?:ness)?|relevan(?:t|ce)|accura(?:te|cy)|detail(?:s|ed)?|level)$/;

/** Three criteria in a row are the prompt's, in whatever words around them. */
function namesCriteria(words: readonly string[]): boolean {
  const named = new Set(words.filter((word) => CRITERIA.test(word)).map((word) => word.slice(0, 6)));
  named.delete('level');
  return (
    named.size >= 3 ||
    (named.size === 2 && words.includes('more') && words.some((word) => /^help|^relev/.test(word)))
  );
}

function talksOfItself(sentence: Sentence, request: Request): boolean {
  const words = wordsBehindLabel(sentence.text);
  return speaksOfVersions(words, request) || namesCriteria(words);
}

/** The opening or the closing speaks about versions of the answer. */
export const metaTalk: CandidateCheck = candidateCheck({
  id: 'meta_talk',
  version: 1,
  severity: 'flag',
  description:
    'The text opens or closes on the earlier answer, on being the revised one, or on its own merits.',
  find: ({ instruction, refined, original }) => {
    const request = readRequest(instruction.raw);
    const before = original.raw.toLowerCase();
    const { opening, closing } = edgesOf(refined);
    const edges = new Set([...opening, ...closing]);
    return [...edges].flatMap((sentence): Observation[] =>
      talksOfItself(sentence, request) && !before.includes(sentence.text.toLowerCase())
        ? [
            {
              message: `The text ${opening.includes(sentence) ? 'opens' : 'closes'} on the answer itself: versions of it, or how good it is.`,
              start: sentence.start,
              end: sentence.end,
              ...(request.changesText && opening.includes(sentence) && { severity: 'note' as const }),
            },
          ]
        : [],
    );
  },
});

const ANNOUNCES = /^(?:here|below|the|following|this|these|presented|let|consider|some)\b/i;

/** `Here is a more detailed version`: harmless, but a reader wonders: more than what? */
export const comparativeOpener: CandidateCheck = candidateCheck({
  id: 'comparative_opener',
  version: 1,
  severity: 'note',
  description:
    'The text announces something more detailed, or otherwise better, than its reader has ever seen.',
  find: ({ instruction, refined }) => {
    const request = readRequest(instruction.raw);
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
export const selfPraise: CandidateCheck = candidateCheck({
  id: 'self_praise',
  version: 1,
  severity: 'note',
  description: 'The text closes by praising itself.',
  find: ({ instruction, refined }) => {
    const request = readRequest(instruction.raw);
    return refined.sentences.slice(-1).flatMap(({ text, start, end }): Observation[] => {
      const words = wordsBehindLabel(text);
      const subject = /^(?:this|these|the|our)$/.test(words[0] ?? '') ? words.slice(1, 6) : [];
      const praises =
        subject.some((word) => namesWork(word, request)) && PRAISE.test(text) && PRAISING.test(text);
      return praises ? [{ message: 'The text closes by praising itself.', start, end }] : [];
    });
  },
});
