import type { Example } from '../dataset/example.js';
import type { Judgement } from '../judge/index.js';
import type { ParsedReply } from '../parse.js';
import type { TextView } from '../text/text-view.js';
import type { Severity } from './severity.js';

/** What a check may look at. */
export interface CheckSubject {
  readonly example: Example;
  readonly parsed: ParsedReply;
  /** As the server gave it; null when it said nothing, or when the text is no model's reply. */
  readonly finishReason: string | null;
  /** What another model says of the candidate; absent when none was asked. */
  readonly judgement?: Judgement;
}

/** A subject whose reply did yield a candidate. */
export interface CandidateSubject extends CheckSubject {
  readonly candidate: string;
  /** The candidate, the original response and the instruction, taken apart; each part on first use. */
  readonly refined: TextView;
  readonly original: TextView;
  readonly instruction: TextView;
}

/** A subject whose candidate another model was asked about. */
export interface JudgedSubject extends CandidateSubject {
  readonly judgement: Judgement;
}

/** What a check noticed. Offsets are UTF-16, within the candidate; left out, it concerns the whole. */
export interface Observation {
  /** One line of plain text that says what is wrong, fit to be shown to a person or to the model. */
  readonly message: string;
  readonly start?: number;
  readonly end?: number;
  /** Where this case is not as bad as the check's own severity says. */
  readonly severity?: Severity;
}

/** A number that a check goes by, and that a user may change. */
export interface Threshold {
  readonly default: number;
  /** One sentence: what is compared with it, in which unit. */
  readonly description: string;
}

/** The values of a check's thresholds, by name. */
export type ThresholdValues<Name extends string = string> = Readonly<Record<Name, number>>;

interface CheckFacts<Name extends string> {
  /** Stable name in snake_case; people write it in `--check` and in configuration. */
  readonly id: string;
  /** Raised whenever the check finds other things than before, so that old verdicts can be told from new. */
  readonly version: number;
  readonly severity: Severity;
  /** One sentence that says what the check finds. */
  readonly description: string;
  readonly thresholds?: Readonly<Record<Name, Threshold>>;
}

/** A check of the reply as a whole; runs always. */
export interface ReplyCheck<Name extends string = string> extends CheckFacts<Name> {
  readonly reads: 'reply';
  /** The subject has its views when the reply did yield a candidate. */
  find(subject: CheckSubject | CandidateSubject, thresholds: ThresholdValues<Name>): readonly Observation[];
}

/** A check of the refined text; runs only when there is one. */
export interface CandidateCheck<Name extends string = string> extends CheckFacts<Name> {
  readonly reads: 'candidate';
  find(subject: CandidateSubject, thresholds: ThresholdValues<Name>): readonly Observation[];
}

/** A check of what another model says of the refined text; runs only when one was asked. */
export interface JudgementCheck<Name extends string = string> extends CheckFacts<Name> {
  readonly reads: 'judgement';
  find(subject: JudgedSubject, thresholds: ThresholdValues<Name>): readonly Observation[];
}

/** A pure function that finds one kind of fault, with what people need to know about it. */
export type Check = ReplyCheck | CandidateCheck | JudgementCheck;

/**
 * Declares a check of the refined text, so that the names of its thresholds are known where they are used.
 *
 * @example
 * export const tooShort = candidateCheck({
 *   id: 'too_short',
 *   version: 1,
 *   severity: 'flag',
 *   description: 'The refined response has very few words.',
 *   thresholds: { words: { default: 20, description: 'The fewest words that are enough.' } },
 *   find: ({ refined }, { words }) =>
 *     refined.wordCount < words ? [{ message: `The text has ${refined.wordCount} words.` }] : [],
 * });
 */
export function candidateCheck<Name extends string = never>(
  check: Omit<CandidateCheck<Name>, 'reads'>,
): CandidateCheck {
  return { ...check, reads: 'candidate' };
}

/** Declares a check of the reply as a whole. */
export function replyCheck<Name extends string = never>(check: Omit<ReplyCheck<Name>, 'reads'>): ReplyCheck {
  return { ...check, reads: 'reply' };
}

/** Declares a check of what another model says. */
export function judgementCheck<Name extends string = never>(
  check: Omit<JudgementCheck<Name>, 'reads'>,
): JudgementCheck {
  return { ...check, reads: 'judgement' };
}

/** One fault, by the check that found it. */
export interface Finding {
  /** The check's id. */
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  /** UTF-16 span in the candidate; both null when the finding concerns the whole. */
  readonly start: number | null;
  readonly end: number | null;
}
