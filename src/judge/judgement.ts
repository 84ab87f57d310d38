import type { Example } from '../dataset/example.js';
import { readJudgeReply } from './judge-reply.js';
import {
  type Claim,
  formOpinion,
  JUDGE_ORDERS,
  type JudgedTexts,
  type JudgeOrder,
  type Opinion,
  type Question,
} from './opinion.js';
import { QuotableText } from './quotable-text.js';

/** What came back when the judge was asked in one order. */
export interface JudgeAnswer {
  readonly order: JudgeOrder;
  /** The raw reply; null when the server refused to have it judged. */
  readonly content: string | null;
  /** The server's words when it refused; else empty. */
  readonly refusal: string;
}

/** What the judge's answers about one refined text come to. */
export interface Judgement {
  /** The orders in which an answer came, usable or not. */
  readonly asked: ReadonlySet<JudgeOrder>;
  /** By order; those that were not asked, or cannot be used, are missing. */
  readonly opinions: ReadonlyMap<JudgeOrder, Opinion>;
  /** Why answers cannot be used, in words. */
  readonly faults: readonly string[];
}

/** What is said against the refined text in answer to one question. */
export interface Charge {
  readonly claims: readonly Claim[];
  /** Whether it was said in both orders: only then does it count. */
  readonly isAgreed: boolean;
}

/** Makes a judgement out of the judge's answers. Pure: raw replies are read afresh, and their quotations looked up. */
export function judge(
  { instruction, input, response }: Pick<Example, 'instruction' | 'input' | 'response'>,
  refined: string,
  answers: readonly JudgeAnswer[],
): Judgement {
  const texts: JudgedTexts = {
    task: new QuotableText(`${instruction}\n${input}`),
    original: new QuotableText(response),
    refined: new QuotableText(refined),
  };
  const opinions = new Map<JudgeOrder, Opinion>();
  const faults: string[] = [];
  for (const { order, content, refusal } of answers) {
    if (content === null) {
      faults.push(`The judge was refused an answer: ${refusal}`);
      continue;
    }
    const read = readJudgeReply(content);
    if ('fault' in read) faults.push(`The judge's answer cannot be read: ${read.fault}.`);
    else opinions.set(order, formOpinion(read.reply, order, texts));
  }
  return { asked: new Set(answers.map(({ order }) => order)), opinions, faults };
}

/** What a judgement says to one question; the same passage is named once. */
export function chargeOf({ opinions }: Judgement, question: Question): Charge {
  const byOrder = [...opinions.values()].map(({ claims }) =>
    claims.filter((claim) => claim.question === question),
  );
  const claims = new Map<string, Claim>();
  for (const claim of byOrder.flat()) if (!claims.has(claim.quote)) claims.set(claim.quote, claim);
  const isAgreed = byOrder.length === JUDGE_ORDERS.length && byOrder.every(({ length }) => length > 0);
  return { claims: [...claims.values()], isAgreed };
}

/**
 * The order in which the judge is to be asked next; null when nothing it could say would count any more. The second
 * question is only put where the first answer accuses the refined text of something.
 *
 * @param judgement null when nothing was asked
 */
export function nextOrder(judgement: Judgement | null): JudgeOrder | null {
  const [first, second] = JUDGE_ORDERS;
  if (judgement === null || !judgement.asked.has(first)) return first;
  const isAccused = (judgement.opinions.get(first)?.claims.length ?? 0) > 0;
  return isAccused && !judgement.asked.has(second) ? second : null;
}
