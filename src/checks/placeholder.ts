import { shorten } from '../errors.js';
import { readWords } from '../text/words.js';
import { type CandidateSubject, candidateCheck, type Observation } from './check.js';

/** What blanks to fill in begin with, or end in. `[Chorus]`, `[laughs]`, `[1]` and `list[index]` do neither. */
const BLANK_OPENING =
  /^(?:your|my|our|the (?:name|date|number|title)|insert|enter|add|fill in|specify|specific|provide|include|mention|describe|(?:name|number|list|type|date|title|place|amount) of)\b/i;
const BLANK_NOUN =
  /(?:\b(?:names?|dates?|company|organi[sz]ation|business|employer|university|school|department|address|e-?mail|phone|numbers?|amount|price|city|state|country|location|position|job title|title|role|industry|product|service|brand|topic|recipient|sender|signature|website|link|url|years?|months?|time|nombres?|apellidos?|fecha|empresa|direcci[oó]n|correo|nom|pr[eé]nom|entreprise|adresse|firma|datum|nome|cognome|azienda|indirizzo|имя|фамилия|дата|адрес|компания)|姓名|名字|名称|日期|公司|地址|电话|氏名|名前|会社名|日付|이름|날짜|회사)$/iu;
/** Not an index, a link or a citation: brackets that stand by themselves. */
const IN_SQUARE = /(?<![\p{L}\p{N}_)\]"'])\[([^[\]\n]{2,60})\](?![(:\w])/gu;
const IN_ANGLE = /<((?:your|insert|enter)[ _-][^<>\n]{1,40}|[a-z]{3,20} name)>/gi;
const IN_CURLY =
  /\{\{?[ \t]{0,2}((?:your|insert|enter)[ _-][^{}\n]{1,40}|[a-z]{3,20}[ _]name)[ \t]{0,2}\}?\}/gi;
const DUMMY =
  /\blorem ipsum\b|(?<![\p{L}\p{N}])X{4,}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])X{2,}(?:[-/. ]X{2,})+(?![\p{L}\p{N}])|\b(?:TBD|TBA|TBC)\b|\bto be (?:inserted|filled in)\b/giu;
/** A blank in the place of the very thing that is asked for. */
const WHOLE_WORK =
  /^(?:insert|add|write|provide|include|paste|enter)\b.{0,30}\b(?:poem|story|text|content|answer|response|essay|article|paragraphs?|list|table|code|song|lyrics|letter|summary|description|details|explanation|recipe|dialogue)\b/i;
/** Of such works blanks are a part. */
const ASKS_FOR_BLANKS =
  /\b(?:templates?|forms?|letters?|e-?mails?|contracts?|agreements?|invoices?|r[eé]sum[eé]s?|cv|cover|blanks?|mad ?libs?|placeholders?|scripts?|layouts?|web ?(?:site|page)s?|html|css|mock-?ups?|lorem|dummy|redact(?:ed)?|anonymi[sz]e|censor)\b/i;

type ThresholdName = 'share' | 'blanks';

/** Blanks to be filled in, which the original and the instruction do not have. */
export const placeholder = candidateCheck<ThresholdName>({
  id: 'placeholder',
  version: 1,
  severity: 'flag',
  description:
    'Blanks such as "[Your Name]" or dummy text stand in the refined response, though not in the example.',
  thresholds: {
    share: {
      default: 0.15,
      description: 'The share of the words that has to be blanks to be flagged, not noted.',
    },
    blanks: { default: 3, description: 'The fewest blanks that are judged by their share.' },
  },
  find: (subject, { share, blanks }) => {
    const { refined, instruction } = subject;
    const found = findBlanks(subject);
    const words = found.reduce((sum, { text }) => sum + readWords(text).length, 0);
    const isMeant = ASKS_FOR_BLANKS.test(instruction.raw);
    const areMany = !isMeant && found.length >= blanks && words >= refined.wordCount * share;
    return firstOfEach(found).map(({ text, start, isGrave }): Observation => {
      const message = `${shorten(text)} is a blank that was left to be filled in.`;
      const isMild = !areMany && (isMeant || !isGrave);
      return { message, start, end: start + text.length, ...(isMild && { severity: 'note' }) };
    });
  },
});

interface Blank {
  readonly text: string;
  readonly start: number;
  /** It stands for the work itself. */
  readonly isGrave: boolean;
}

function findBlanks({ candidate, example }: CandidateSubject): Blank[] {
  const known = `${example.instruction}\n${example.input}\n${example.response}`.toLowerCase();
  const blanks: Blank[] = [];
  for (const pattern of [IN_SQUARE, IN_ANGLE, IN_CURLY]) {
    for (const { 0: text, 1: inside = '', index: start } of candidate.matchAll(pattern)) {
      const content = inside.trim();
      if (pattern === IN_SQUARE && !BLANK_OPENING.test(content) && !BLANK_NOUN.test(content)) continue;
      blanks.push({ text, start, isGrave: WHOLE_WORK.test(content) });
    }
  }
  for (const { 0: text, index: start } of candidate.matchAll(DUMMY)) {
    blanks.push({ text, start, isGrave: /^lorem/i.test(text) });
  }
  return blanks
    .filter(({ text }) => !known.includes(text.toLowerCase()))
    .sort((one, other) => one.start - other.start);
}

function firstOfEach(blanks: readonly Blank[]): Blank[] {
  const seen = new Set<string>();
  return blanks.filter(({ text }) => {
    const isNew = !seen.has(text.toLowerCase());
    seen.add(text.toLowerCase());
    return isNew;
  });
}
