import type { JudgeReply, TextJudgement } from './judge-reply.js';
import type { QuotableText, QuoteSpan } from './quotable-text.js';

/** In which order the judge saw the two texts. */
export const JUDGE_ORDERS = ['original-first', 'refined-first'] as const;
export type JudgeOrder = (typeof JUDGE_ORDERS)[number];

/** What the judge is asked about the refined text. */
export const QUESTIONS = ['artefact', 'lost', 'invented', 'constraints', 'worse'] as const;
export type Question = (typeof QUESTIONS)[number];

/** One thing that the judge says against the refined text, with evidence that was found. */
export interface Claim {
  readonly question: Question;
  /** The judge's own words; may be empty, or anything. */
  readonly why: string;
  /** The passage that it rests on, as it stands in the text that it was quoted from. */
  readonly quote: string;
  /** Where that stands in the refined text; null when it is quoted from elsewhere. */
  readonly span: QuoteSpan | null;
}

/** What one answer of the judge comes to. */
export interface Opinion {
  readonly claims: readonly Claim[];
  /** What it says against the refined text with evidence that is not in the texts, or that speaks against it. */
  readonly unproven: readonly Pick<Claim, 'question' | 'why'>[];
}

/** The texts that a judge quotes from. */
export interface JudgedTexts {
  /** Instruction and input. */
  readonly task: QuotableText;
  readonly original: QuotableText;
  readonly refined: QuotableText;
}

/** How many claims to one question are looked at. */
const MOST_CLAIMS = 5;

/** Reads from an answer what it says against the refined text, and looks for the evidence of each claim. */
export function formOpinion(reply: JudgeReply, order: JudgeOrder, texts: JudgedTexts): Opinion {
  const [ofOriginal, ofRefined] = order === 'original-first' ? (['A', 'B'] as const) : (['B', 'A'] as const);
  const claims: Claim[] = [];
  const unproven: Pick<Claim, 'question' | 'why'>[] = [];
  for (const { question, why, evidence } of accusations(reply[ofRefined], reply.better, ofOriginal, texts)) {
    if (evidence === null) unproven.push({ question, why });
    else claims.push({ question, why, ...evidence });
  }
  return { claims, unproven };
}

interface Accusation {
  readonly question: Question;
  readonly why: string;
  readonly evidence: Pick<Claim, 'quote' | 'span'> | null;
}

/** What is said against the refined text, question by question. */
function* accusations(
  { artefact, missing, invented, broken }: TextJudgement,
  better: JudgeReply['better'],
  original: 'A' | 'B',
  texts: JudgedTexts,
): Generator<Accusation> {
  if (!artefact.present) {
    yield { question: 'artefact', why: artefact.why, evidence: inRefined(artefact.quote, texts) };
  }
  for (const { quote, why } of missing.slice(0, MOST_CLAIMS)) {
    // What stands in both was not lost.
    const evidence = texts.refined.find(quote) === null ? cite(texts.original, quote) : null;
    yield { question: 'lost', why, evidence };
  }
  for (const { quote, why } of invented.slice(0, MOST_CLAIMS)) {
    // What was there before was not invented now.
    const isNew = texts.task.find(quote) === null && texts.original.find(quote) === null;
    yield { question: 'invented', why, evidence: isNew ? inRefined(quote, texts) : null };
  }
  for (const { constraint, quote, why } of broken.slice(0, MOST_CLAIMS)) {
    yield { question: 'constraints', why, evidence: breach(constraint, quote, texts) };
  }
  if (better.text === original) {
    const evidence = inRefined(better.quote, texts) ?? cite(texts.original, better.quote);
    yield { question: 'worse', why: better.why, evidence };
  }
}

function inRefined(quote: string, { refined }: JudgedTexts): Accusation['evidence'] {
  const span = refined.find(quote);
  return span && { quote: refined.raw.slice(span.start, span.end), span };
}

function cite(text: QuotableText, quote: string): Accusation['evidence'] {
  const found = text.find(quote);
  return found && { quote: text.raw.slice(found.start, found.end), span: null };
}

/** A limit on the whole (a number of words, a language) is broken by no single passage; if one is quoted, it must be there. */
function breach(constraint: string, quote: string, texts: JudgedTexts): Accusation['evidence'] {
  const asked = cite(texts.task, constraint);
  if (asked === null || quote.trim() === '') return asked;
  const broken = inRefined(quote, texts);
  return broken && { ...asked, span: broken.span };
}
