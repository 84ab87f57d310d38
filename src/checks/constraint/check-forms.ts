import type { TextView } from '../../text/text-view.js';
import type { CandidateSubject, Observation } from '../check.js';

/** A form that an instruction can ask for in plain words, and a text can be seen to have. */
interface AskedForm {
  /** How it is named when it is missing. */
  readonly name: string;
  readonly asks: RegExp;
  isKept(view: TextView, asked: RegExpExecArray): boolean;
}

/** Fewer letters say nothing about capitals; a letter to be avoided may slip into so many words. */
const FEWEST_LETTERS = 10;
const SLIPS = 1;

const ASKED_FORMS: readonly AskedForm[] = [
  {
    name: 'capital letters only',
    asks: /\b(?:in|use|using) (?:all[- ])?(?:caps|capital letters|capitals|upper ?case(?: letters)?)\b(?! and)/i,
    isKept: (view) => shareOfCapitals(view.raw) > 0.8,
  },
  {
    name: 'small letters only',
    asks: /\b(?:in|use|using) (?:all[- ]|only )?(?:lower ?case(?: letters)?|small letters)\b(?! and)/i,
    isKept: (view) => shareOfCapitals(view.raw) < 0.02,
  },
  {
    name: 'no letter of that kind',
    asks: /\bwithout (?:using |containing |any words? (?:with|containing) )?(?:the )?letter ["'“‘]?(?<letter>\p{L})(?!\p{L})/iu,
    isKept: (view, asked) => {
      const letter = asked.groups?.letter?.toLowerCase() ?? '';
      return view.words.filter((word) => word.includes(letter)).length <= SLIPS;
    },
  },
  {
    name: 'JSON and nothing else',
    asks: /\b(?:only|just|nothing but)\b[^.\n]{0,30}\bjson\b|\bjson\b[^.\n]{0,20}\b(?:only|and nothing else|without (?:any )?(?:other|additional|further|explan))/i,
    isKept: (view) => isJson(view),
  },
  {
    name: 'a table',
    asks: /\b(?:in|as|into|form of|format of|create|make|draw|generate) (?:an? )?(?:markdown |two-column |three-column |comparison )?table\b/i,
    isKept: ({ raw }) => /<table\b/i.test(raw) || (raw.match(/^.*(?:\t|\|).*$/gm)?.length ?? 0) >= 2,
  },
  {
    name: 'bullet points',
    asks: /\b(?:in|as|into|using|with|form of) (?:an? )?(?:bullet(?:ed)?[- ]?(?:points?|list|form|format)|bullets|numbered list)\b/i,
    isKept: ({ items }) => items.length >= 2,
  },
  {
    name: 'no lists',
    asks: /\b(?:no|without|not|n't|avoid)(?: use| using)?(?: any)? (?:bullet[- ]?points|bullets|bulleted lists|lists)\b/i,
    isKept: ({ items }) => items.length < 2,
  },
];

function shareOfCapitals(text: string): number {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  return capitals + small < FEWEST_LETTERS ? Number.NaN : capitals / (capitals + small);
}

function isJson({ raw, codeBlocks }: TextView): boolean {
  const [block] = codeBlocks;
  const isAllBlock = codeBlocks.length === 1 && raw.trim().startsWith('```') && raw.trim().endsWith('```');
  try {
    JSON.parse(isAllBlock ? (block?.code ?? '') : raw);
    return true;
  } catch {
    return false;
  }
}

/** Finds forms that the instruction asks for, that the original has, and that the text has lost. */
export function* checkForms({ example, refined, original }: CandidateSubject): Generator<Observation> {
  for (const { name, asks, isKept } of ASKED_FORMS) {
    const asked = asks.exec(example.instruction);
    if (asked === null || !isKept(original, asked) || isKept(refined, asked)) continue;
    yield { message: `The instruction asks for ${name}, which the original kept and the text does not.` };
  }
}
