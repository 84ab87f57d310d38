import { singular } from '../request/genres.js';
import type { Request } from '../request/request.js';
import { ANSWERS, isMeans, namesAnswer, namesWork, RENDERINGS } from './names-of-texts.js';
import { isPredicate } from './verbs.js';
import { setOf } from './word-set.js';

/** What a model was handed; to speak of it is to speak of the task. */
const TASKS = setOf('instruction prompt task request input requirement');
const CHANGED = setOf(
  'revised improved enhanced refined rewritten reworked updated expanded edited modified corrected upgraded polished restructured better',
);
const EARLIER = setOf('original previous initial earlier prior provided existing current given above first');
/** What was done to a text since it was last seen. */
const REVISIONS = setOf(
  'improvement enhancement change addition revision modification adjustment refinement edit additional',
);
const ASSESSING = setOf('reviewing analyzing analysing examining evaluating assessing reading considering');
const IMPROVE = setOf('improve enhance strengthen refine revise elevate better enrich make');

/** Whether a sentence sets a text against another version of it, or against the task. */
export function speaksOfVersions(words: readonly string[], request: Request): boolean {
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    const before = words[place - 1] ?? '';
    if (CHANGED.has(word) && /^(?:this|the|a|an|here's|is|my|our|following|these)$/.test(before)) {
      const reach = words.slice(place + 1, place + 4);
      if (
        word === 'better'
          ? namesAnswer(reach[0] ?? '', request) && !isMeans(reach[0] ?? '', request)
          : reach.some(
              (noun) => RENDERINGS.has(noun) || (namesWork(noun, request) && !isMeans(noun, request)),
            )
      )
        return true;
    }
    if (
      EARLIER.has(word) &&
      (before === 'the' || before === 'your') &&
      !request.words.includes(` ${word} ${words[place + 1]} `)
    ) {
      const noun = singular(words[place + 1] ?? '');
      // Who is asked about a text has one before him.
      if (request.judgesText && !ANSWERS.has(noun)) continue;
      if (namesAnswer(noun, request) || (TASKS.has(noun) && word !== 'first')) return true;
    }
    // `By making these improvements`, `these additional details`
    if (word === 'these' && REVISIONS.has(singular(words[place + 1] ?? '')) && /ing$/.test(before))
      return true;
    // `the story provided does not`
    if (
      word === 'provided' &&
      namesWork(before, request) &&
      words[place - 2] === 'the' &&
      isPredicate(words[place + 1])
    )
      return true;
    if (word === 'upon' && ASSESSING.has(words[place + 1] ?? ''))
      return words.slice(place + 2, place + 6).some((noun) => namesWork(noun, request));
    if (place <= 3 && before === 'to' && IMPROVE.has(word)) {
      const reach = words.slice(place + 1, place + 6);
      if (reach.some((noun) => namesAnswer(noun, request)) && (word !== 'make' || reach.includes('more')))
        return true;
    }
    if (
      word === 'to' &&
      words[place + 1] === 'create' &&
      /^(?:a|an)$/.test(words[place + 2] ?? '') &&
      /^(?:more|better)$/.test(words[place + 3] ?? '') &&
      words.slice(place + 4, place + 9).some((noun) => namesWork(noun, request))
    )
      return true;
  }
  return false;
}
