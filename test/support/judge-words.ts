import type { JudgeReply } from '../../src/judge/judge-reply.js';

/** What a judge says of one text, where it says more than that all is well. */
export type TextWords = Partial<JudgeReply['A']>;

/** What a judge says of both. */
export interface JudgeWords {
  readonly original?: TextWords;
  readonly refined?: TextWords;
  /** Which is better, why and by which passage; neither unless said. */
  readonly better?: Partial<Omit<JudgeReply['better'], 'text'>> & { readonly text: 'original' | 'refined' };
}

const WELL = {
  artefact: { present: true, quote: '', why: '' },
  missing: [],
  invented: [],
  broken: [],
};

/** The reply of a judge that says so when the original stands first, or second. */
export function judgeReply(words: JudgeWords, order: 'original-first' | 'refined-first'): JudgeReply {
  const original = { ...WELL, ...words.original };
  const refined = { ...WELL, ...words.refined };
  const first = order === 'original-first' ? 'original' : 'refined';
  const { text, quote = '', why = '' } = words.better ?? { text: null };
  const better = { text: text === null ? 'NEITHER' : text === first ? 'A' : 'B', quote, why } as const;
  return first === 'original' ? { A: original, B: refined, better } : { A: refined, B: original, better };
}

/** The same as the judge writes it. */
export function judgeAnswer(words: JudgeWords, order: 'original-first' | 'refined-first'): string {
  return JSON.stringify(judgeReply(words, order), null, 2);
}
