import { MOJIBAKE } from '../text/mojibake.js';
import { type CandidateSubject, candidateCheck, type Observation } from './check.js';

/** The text was read or written in a wrong way on its way here: broken characters, escapes left as they were. */
export const encoding = candidateCheck({
  id: 'encoding',
  version: 2,
  severity: 'fail',
  description:
    'The refined response holds characters that no dataset can carry (NUL, half a surrogate pair), or signs of a wrong encoding that the example is free of.',
  thresholds: {
    many: {
      default: 3,
      description: 'Signs of a wrong encoding, all kinds together, from which they are more than a blemish.',
    },
  },
  find: (subject, { many }) => {
    const artefacts = ARTEFACTS.map((artefact) => ({ artefact, found: findNew(artefact, subject) }));
    const count = artefacts.reduce((sum, { found }) => sum + found.length, 0);
    const severity = count >= many ? 'flag' : 'note';
    return [
      ...findUnstorable(subject.candidate),
      ...artefacts.flatMap(({ artefact: { name }, found }) => {
        const [first] = found;
        if (first === undefined) return [];
        const { 0: sign, index: start } = first;
        const times = found.length === 1 ? 'once' : `${found.length} times`;
        return [
          {
            message: `The text holds ${name}, ${times}.`,
            start,
            end: start + sign.length,
            severity,
          } as const,
        ];
      }),
    ];
  },
});

/** A NUL, or half a surrogate pair: neither can be stored in a text file of UTF-8. */
const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function findUnstorable(text: string): Observation[] {
  return [...text.matchAll(UNSTORABLE)].map(({ 0: character, index: start }) => ({
    message:
      character === '\0'
        ? 'The text holds a NUL character.'
        : `The text holds half a surrogate pair (U+${character.charCodeAt(0).toString(16).toUpperCase()}).`,
    start,
    end: start + 1,
  }));
}

/** A sign that a text was read or written in a wrong way. */
interface Artefact {
  /** What it is, for the message. */
  readonly name: string;
  readonly pattern: RegExp;
  /** In code it is nothing unusual. */
  readonly isFineInCode: boolean;
}

const ARTEFACTS: readonly Artefact[] = [
  {
    name: 'letters in a wrong encoding (such as â€™ for an apostrophe)',
    pattern: MOJIBAKE,
    isFineInCode: false,
  },
  { name: 'the sign for a lost character (U+FFFD)', pattern: /\ufffd/g, isFineInCode: false },
  {
    name: 'control characters',
    // Behind a letter such as â they belong to letters in a wrong encoding.
    pattern:
      /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]|(?<![\u0080-\u00ff€])[\u0080-\u0084\u0086-\u009f]/g,
    isFineInCode: false,
  },
  {
    name: 'line breaks written out as \\n',
    // A lone one between spaces or quotation marks is spoken of.
    pattern: /(?<![\\"'`(])(?<!\s(?=\\n\s))\\n(?=\\n|[\s\d*#•"'“-]|\p{Lu}|$)/gu,
    isFineInCode: true,
  },
  { name: 'quotation marks with a backslash', pattern: /(?<!\\)\\["'“”]/g, isFineInCode: true },
  {
    name: 'characters written out as \\u and four digits',
    pattern: /\\u[\da-fA-F]{4}(?![\da-fA-F])/g,
    isFineInCode: true,
  },
  {
    name: 'characters written out as in HTML',
    pattern:
      /&(?:quot|amp|lt|gt|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|[a-zA-Z](?:acute|grave|uml|circ|tilde)|#\d{2,5}|#x[\da-fA-F]{2,5});/g,
    isFineInCode: true,
  },
];

/** What the example itself has is on purpose, or no fault of the rewrite. */
function findNew(
  { pattern, isFineInCode }: Artefact,
  { candidate, example, refined }: CandidateSubject,
): RegExpExecArray[] {
  if (candidate.search(pattern) === -1) return [];
  const { instruction, input, response } = example;
  if ([instruction, input, response].some((text) => text.search(pattern) !== -1)) return [];
  const text = isFineInCode ? refined.withoutCode : candidate;
  return [...text.matchAll(pattern)];
}
