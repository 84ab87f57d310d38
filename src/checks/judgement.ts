import { type Charge, type Claim, chargeOf, type Question } from '../judge/index.js';
import { type JudgementCheck, judgementCheck, type Observation } from './check.js';

/** How much of the judge's words, and of what it quotes, a message shows, in characters. */
const LONGEST_WORDS = 200;
const LONGEST_QUOTE = 80;

/** What the judge says to one question, if it says so in both orders; what it says in one of them is a note. */
function answerCheck(
  question: Question,
  description: string,
  say: (quote: string) => string,
): JudgementCheck {
  return judgementCheck({
    id: `judge_${question}`,
    version: 1,
    severity: 'flag',
    description,
    find: ({ judgement }) => observe(chargeOf(judgement, question), say),
  });
}

function observe({ claims, isAgreed }: Charge, say: (quote: string) => string): Observation[] {
  return claims.map((claim) => ({
    message: messageOf(claim, isAgreed, say),
    ...claim.span,
    ...(isAgreed ? {} : { severity: 'note' }),
  }));
}

function messageOf({ why, quote }: Claim, isAgreed: boolean, say: (quote: string) => string): string {
  const words = onOneLine(why, LONGEST_WORDS);
  const once = isAgreed ? '' : ', in one of the two orders only';
  return `${say(`"${onOneLine(quote, LONGEST_QUOTE)}"`)}${once}${words === '' ? '.' : `: ${words}`}`;
}

function onOneLine(text: string, limit: number): string {
  const line = text
    .slice(0, limit * 4)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}

/** Something else than what was asked for, says the judge. */
export const judgeArtefact = answerCheck(
  'artefact',
  'By another model, the refined response is not the thing that the instruction asks for.',
  (quote) => `The judge does not find what was asked for, but ${quote}`,
);

/** Something good is gone, says the judge. */
export const judgeLost = answerCheck(
  'lost',
  'By another model, the refined response lacks what was right and useful in the original.',
  (quote) => `The judge misses ${quote} of the original`,
);

/** Something is made up, says the judge. */
export const judgeInvented = answerCheck(
  'invented',
  'By another model, the refined response states what nothing supports.',
  (quote) => `The judge holds ${quote} to be invented`,
);

/** The instruction is not kept, says the judge. */
export const judgeConstraints = answerCheck(
  'constraints',
  'By another model, the refined response breaks a constraint of the instruction.',
  (quote) => `The judge finds ${quote} not kept`,
);

/** The original was better, says the judge. */
export const judgeWorse = answerCheck(
  'worse',
  'By another model, the original is better than the refined response.',
  (quote) => `The judge prefers the original, pointing to ${quote}`,
);

/** The judge answered, and some of it or all cannot be used. */
export const judgeUnreadable = judgementCheck({
  id: 'judge_unreadable',
  version: 1,
  severity: 'note',
  description: "The judge's answer cannot be read, or what it quotes as evidence is not in the texts.",
  find: ({ judgement: { faults, opinions } }) => [
    ...faults.map((fault) => ({ message: onOneLine(fault, LONGEST_WORDS) })),
    ...[...opinions.values()].flatMap(({ unproven }) =>
      unproven.map(({ question, why }) => ({
        message: `The judge gives no evidence that can be found (${question})${why.trim() === '' ? '.' : `: ${onOneLine(why, LONGEST_WORDS)}`}`,
      })),
    ),
  ],
});
