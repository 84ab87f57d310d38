import type { RecordDetail } from '../../report/record-data.js';
import type { DecisionBody } from '../api/api-types.js';
import { keep, kept, keysOf } from '../kept/storage.js';
import { createSignal, type Signal } from '../signal.js';

/** Decisions on one record that the server has not confirmed. */
export interface QueuedDecision {
  readonly run: string;
  readonly id: string;
  /** Oldest first; never empty. The first may be under way. */
  readonly bodies: readonly DecisionBody[];
  /** `unsaved`: sending failed, and waits for a person to order it again. */
  readonly state: 'sending' | 'unsaved';
  /** Why it is unsaved; null while it is sent, and after the page was loaded anew. */
  readonly problem: unknown;
}

/** By run and record: see `decisionKey`. */
export type QueuedDecisions = ReadonlyMap<string, QueuedDecision>;

export const decisionKey = (run: string, id: string) => JSON.stringify([run, id]);

export interface DecisionQueueParts {
  send(run: string, id: string, body: DecisionBody): Promise<RecordDetail>;
  read(run: string, id: string): Promise<RecordDetail>;
  /** Where decisions wait that are not confirmed, so that a reload loses none. */
  readonly storage: Storage;
  /** Told of the record as the server has it now. */
  onSaved(run: string, detail: RecordDetail): void;
  onFailed(decision: QueuedDecision): void;
}

/** Sends decisions and keeps each until the server has confirmed it. */
export interface DecisionQueue {
  readonly waiting: Signal<QueuedDecisions>;
  /** Of one record, decisions are sent one after the other. An undo takes back what was not sent yet. */
  decide(run: string, id: string, body: DecisionBody): void;
  /** Sends everything once more that could not be saved. */
  sendAgain(): void;
  /** Gives up what could not be saved. */
  discardUnsaved(): void;
  /** Finds what an earlier page could not get confirmed; what the server has by now is forgotten. */
  restore(): Promise<void>;
}

const PREFIX = 'burnish.decision:';

export function createDecisionQueue(parts: DecisionQueueParts): DecisionQueue {
  const { storage } = parts;
  const waiting = createSignal<QueuedDecisions>(new Map());
  const busy = new Set<string>();

  function change(key: string, decision: QueuedDecision | undefined): void {
    const next = new Map(waiting.get());
    if (decision === undefined) next.delete(key);
    else next.set(key, decision);
    const { run, id, bodies } = decision ?? {};
    keep(storage, PREFIX + key, bodies === undefined ? null : JSON.stringify({ run, id, bodies }));
    waiting.set(next);
  }

  /** Sends what waits for one record until nothing does, or one fails. */
  async function work(key: string): Promise<void> {
    if (busy.has(key)) return;
    busy.add(key);
    for (let decision = nextOf(key); decision !== undefined; decision = nextOf(key)) {
      const { run, id, bodies } = decision;
      const [body] = bodies;
      if (body === undefined) break;
      try {
        const detail = await parts.send(run, id, body);
        shift(key, 1);
        parts.onSaved(run, detail);
      } catch (problem) {
        failed(key, problem);
      }
    }
    busy.delete(key);
  }

  function nextOf(key: string): QueuedDecision | undefined {
    const decision = waiting.get().get(key);
    return decision?.state === 'sending' ? decision : undefined;
  }

  /** Takes the first bodies of a record away: they are done with. */
  function shift(key: string, count: number): void {
    const decision = waiting.get().get(key);
    if (decision === undefined) return;
    const bodies = decision.bodies.slice(count);
    change(key, bodies.length === 0 ? undefined : { ...decision, bodies });
  }

  function failed(key: string, problem: unknown): void {
    const decision = waiting.get().get(key);
    if (decision === undefined) return;
    if (decision.bodies[1]?.action === 'undo') {
      // What was to be taken back never came about.
      shift(key, 2);
      refresh(decision);
      return;
    }
    const unsaved: QueuedDecision = { ...decision, state: 'unsaved', problem };
    change(key, unsaved);
    parts.onFailed(unsaved);
  }

  function refresh({ run, id }: QueuedDecision): void {
    parts.read(run, id).then(
      (detail) => parts.onSaved(run, detail),
      () => {
        // Whatever is shown is at worst what was known before.
      },
    );
  }

  function decide(run: string, id: string, body: DecisionBody): void {
    const key = decisionKey(run, id);
    const before = waiting.get().get(key);
    const notSent = before !== undefined && (before.state === 'unsaved' || before.bodies.length > 1);
    if (
      body.action === 'undo' &&
      before !== undefined &&
      notSent &&
      before.bodies.at(-1)?.action !== 'undo'
    ) {
      const bodies = before.bodies.slice(0, -1);
      change(key, bodies.length === 0 ? undefined : { ...before, bodies });
      if (bodies.length === 0) refresh(before);
      return;
    }
    // After a failure only the latest word counts: what failed before it would be overruled at once.
    const bodies = before === undefined || before.state === 'unsaved' ? [body] : [...before.bodies, body];
    change(key, { run, id, bodies, state: 'sending', problem: null });
    void work(key);
  }

  function sendAgain(): void {
    for (const [key, decision] of waiting.get()) {
      if (decision.state === 'unsaved') change(key, { ...decision, state: 'sending', problem: null });
      void work(key);
    }
  }

  function discardUnsaved(): void {
    for (const [key, decision] of waiting.get()) {
      if (decision.state !== 'unsaved') continue;
      change(key, undefined);
      refresh(decision);
    }
  }

  async function restore(): Promise<void> {
    const keys = keysOf(storage).filter((key) => key.startsWith(PREFIX));
    await Promise.all(keys.map((key) => restoreOne(key.slice(PREFIX.length))));
  }

  async function restoreOne(key: string): Promise<void> {
    const decision = readKept(kept(storage, PREFIX + key));
    if (decision === undefined) {
      keep(storage, PREFIX + key, null);
      return;
    }
    const { run, id, bodies } = decision;
    const detail = await parts.read(run, id).catch(() => undefined);
    if (waiting.get().has(key)) return;
    const left = detail === undefined ? bodies : unconfirmed(bodies, detail);
    if (left.length === 0) {
      change(key, undefined);
      return;
    }
    const unsaved: QueuedDecision = { run, id, bodies: left, state: 'unsaved', problem: null };
    change(key, unsaved);
    parts.onFailed(unsaved);
  }

  return { waiting, decide, sendAgain, discardUnsaved, restore };
}

function readKept(text: string | null): Pick<QueuedDecision, 'run' | 'id' | 'bodies'> | undefined {
  try {
    const decision = JSON.parse(text ?? 'null');
    return decision !== null && decision.bodies.length > 0 ? decision : undefined;
  } catch {
    return undefined;
  }
}

/** What of these decisions still has to be sent, for a record that is known anew. */
function unconfirmed(bodies: readonly DecisionBody[], detail: RecordDetail): readonly DecisionBody[] {
  const last = bodies.at(-1);
  if (last === undefined) return [];
  if (last.action !== 'undo') return holds(detail, last) ? [] : [last];
  const before = bodies.at(-2);
  return before !== undefined && holds(detail, before) ? [last] : [];
}

/** Whether a record's decision is this one. */
function holds({ decision }: RecordDetail, body: DecisionBody): boolean {
  if (decision === null || decision.action !== body.action) return false;
  if (body.action === 'edit') return decision.text === body.text;
  return body.action !== 'accept' || body.attempt === undefined || decision.attempt === body.attempt;
}
