import type { CheckSuite } from '../checks/index.js';
import type { Example } from '../dataset/example.js';
import type { JudgeAnswer } from '../judge/index.js';
import type { ReplyFormat } from '../parse.js';
import type { Attempt } from './attempt.js';
import type { Decision } from './decision.js';
import type { PlacedAttempt } from './given-up.js';
import {
  type AssessedAttempt,
  assessReply,
  type LedgerEntry,
  type Policies,
  settleExample,
} from './ledger.js';
import { readReplyFormat } from './run-prompt.js';

/** What a ledger in memory is begun with. */
export interface LivingLedgerSource {
  /** The run's folder, whose prompts say how replies are read. */
  readonly dir: string;
  readonly selection: readonly Example[];
  readonly policies: Policies;
  readonly suite: CheckSuite;
}

/** What was read of a reply, and the judge's answers it was read with. */
interface Assessment {
  readonly answers: readonly JudgeAnswer[];
  readonly assessed: AssessedAttempt;
}

/**
 * The account of a run that changes under one's eyes: what comes in is added, and only the examples that it concerns are
 * settled anew, without reading a reply a second time. It is always what `drawUpLedger` would draw up.
 */
export class LivingLedger {
  readonly #source: LivingLedgerSource;
  readonly #places: ReadonlyMap<string, number>;
  readonly #entries: (LedgerEntry | undefined)[];
  readonly #attempts: Attempt[] = [];
  readonly #own: PlacedAttempt[][];
  /** See `lastReplyOfSessions`. */
  readonly #lastReplies = new Map<string, number>();
  readonly #assessments = new WeakMap<Attempt, Assessment>();
  /**
   * By session, places of examples with an attempt that brought no reply and after which the session got none: whether
   * such an example is given up depends on whether others were answered. The next reply settles that for good.
   */
  readonly #faulted = new Map<string, Set<number>>();
  readonly #formats = new Map<string, ReplyFormat>();
  #decisions: ReadonlyMap<string, Decision> = new Map();

  constructor(source: LivingLedgerSource) {
    this.#source = source;
    this.#places = new Map(source.selection.map(({ id }, place) => [id, place]));
    this.#entries = source.selection.map(() => undefined);
    this.#own = source.selection.map(() => []);
  }

  /** All that were added, in that order. */
  get attempts(): readonly Attempt[] {
    return this.#attempts;
  }

  /** An example's place in the selection; undefined for one that is not in it. */
  placeOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** All attempts at an example, oldest first. */
  attemptsAt(place: number): readonly Attempt[] {
    return (this.#own[place] ?? []).map(({ attempt }) => attempt);
  }

  /** The account of the example at a place; it is settled when it is asked for. */
  entryAt(place: number): LedgerEntry {
    const entry = this.#entries[place] ?? this.#settle(place);
    this.#entries[place] = entry;
    return entry;
  }

  /**
   * Reads how the replies of attempts are to be read, before these are added.
   *
   * @throws EnvironmentError `run_damaged` when a prompt is not there any more, or not as it was
   */
  async learnFormats(attempts: readonly Attempt[]): Promise<void> {
    for (const { purpose, prompt } of attempts) {
      if (purpose === 'judge' || this.#formats.has(prompt)) continue;
      this.#formats.set(prompt, await readReplyFormat(this.#source.dir, prompt));
    }
  }

  /**
   * Adds attempts, whose formats were learned.
   *
   * @returns places of the examples whose account may be another one now
   */
  addAttempts(attempts: readonly Attempt[]): Set<number> {
    const changed = new Set<number>();
    for (const attempt of attempts) {
      const place = this.#places.get(attempt.example);
      if (place === undefined) throw new Error(`Example ${attempt.example} is not in the selection.`);
      const index = this.#attempts.push(attempt) - 1;
      this.#own[place]?.push({ attempt, place: index });
      changed.add(place);
      const { session } = attempt;
      const faulted = this.#faulted.get(session) ?? new Set();
      if (attempt.reply === null) {
        this.#faulted.set(session, faulted.add(place));
        continue;
      }
      this.#lastReplies.set(session, index);
      for (const other of faulted) changed.add(other);
      this.#faulted.delete(session);
    }
    this.#forget(changed);
    return changed;
  }

  /**
   * Puts the decisions that are in force in the place of the earlier ones; returns the same as `addAttempts`.
   */
  setDecisions(decisions: ReadonlyMap<string, Decision>): Set<number> {
    const changed = new Set<number>();
    for (const id of new Set([...this.#decisions.keys(), ...decisions.keys()])) {
      const place = this.#places.get(id);
      if (place !== undefined && !isSame(this.#decisions.get(id), decisions.get(id))) changed.add(place);
    }
    this.#decisions = decisions;
    this.#forget(changed);
    return changed;
  }

  #forget(places: Iterable<number>): void {
    for (const place of places) this.#entries[place] = undefined;
  }

  #settle(place: number): LedgerEntry {
    const { selection, policies, suite } = this.#source;
    const example = selection[place];
    if (example === undefined) throw new RangeError(`There is no example at place ${place}.`);
    const decision = this.#decisions.get(example.id) ?? null;
    const facts = { example, own: this.#own[place] ?? [], lastReplies: this.#lastReplies, decision };
    return settleExample(facts, policies, (attempt, answers) => {
      const known = this.#assessments.get(attempt);
      if (known !== undefined && haveSame(known.answers, answers)) return known.assessed;
      const format = this.#formats.get(attempt.prompt);
      if (format === undefined) throw new Error(`No prompt with the hash ${attempt.prompt}.`);
      const assessed = assessReply(example, attempt, answers, format, suite);
      this.#assessments.set(attempt, { answers, assessed });
      return assessed;
    });
  }
}

function isSame(one: Decision | undefined, other: Decision | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function haveSame(one: readonly JudgeAnswer[], other: readonly JudgeAnswer[]): boolean {
  return (
    one.length === other.length &&
    one.every((answer, index) => {
      const { order, content, refusal } = other[index] ?? {};
      return answer.order === order && answer.content === content && answer.refusal === refusal;
    })
  );
}
