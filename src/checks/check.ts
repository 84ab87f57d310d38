import type { Example } from '../dataset/example.js';
import type { ParsedReply } from '../parse.js';
import type { Severity } from './severity.js';

/** What a check may look at. */
export interface CheckSubject {
  readonly example: Example;
  readonly parsed: ParsedReply;
  /** As the server gave it; null when it said nothing, or when the text is no model's reply. */
  readonly finishReason: string | null;
}

/** A subject whose reply did yield a candidate. */
export interface CandidateSubject extends CheckSubject {
  readonly candidate: string;
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

interface CheckFacts {
  /** Stable name in snake_case; people write it in `--check` and in configuration. */
  readonly id: string;
  /** Raised whenever the check finds other things than before, so that old verdicts can be told from new. */
  readonly version: number;
  readonly severity: Severity;
  /** One sentence that says what the check finds. */
  readonly description: string;
}

/** A check of the reply as a whole; runs always. */
export interface ReplyCheck extends CheckFacts {
  readonly reads: 'reply';
  find(subject: CheckSubject): readonly Observation[];
}

/** A check of the refined text; runs only when there is one. */
export interface CandidateCheck extends CheckFacts {
  readonly reads: 'candidate';
  find(subject: CandidateSubject): readonly Observation[];
}

/** A pure function that finds one kind of fault, with what people need to know about it. */
export type Check = ReplyCheck | CandidateCheck;

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
