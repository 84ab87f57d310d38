import { useMemo } from 'preact/hooks';
import { navigate } from '../addresses/location.js';
import { hrefOf } from '../addresses/route.js';
import type { DecisionBody } from '../api/api-types.js';
import { useApp } from '../app-context.js';
import { useSignal } from '../signal.js';
import { decisionKey, type QueuedDecision } from './decision-queue.js';

/** Decisions on the records of a run, from a page. */
export interface RunDecisions {
  /** What waits for a record's confirmation; undefined for nothing. */
  waiting(id: string): QueuedDecision | undefined;
  decide(id: string, body: Exclude<DecisionBody, { action: 'undo' }>): void;
  /** Takes the latest decision back that was made in this window; returns on which record, undefined for none. */
  undoLatest(): string | undefined;
  /** Takes the latest decision on this record back. */
  undo(id: string): void;
}

const SAID = { accept: 'Accepted', reject: 'Rejected', edit: 'Edited' } as const;
const UNDO_STAYS_MS = 6000;

export function useDecisions(run: string): RunDecisions {
  const { decisions, made, toasts, announce } = useApp();
  const waiting = useSignal(decisions.waiting);
  return useMemo(() => {
    const undo = (id: string) => {
      made.takeBack({ run, id });
      decisions.decide(run, id, { action: 'undo' });
      const show = () => navigate(hrefOf({ page: 'record', run, id }));
      const actions = [{ label: 'Show', run: show }];
      toasts.show({ key: 'undone', text: `Undone: ${id}`, problem: false, actions }, UNDO_STAYS_MS);
    };
    return {
      waiting: (id) => waiting.get(decisionKey(run, id)),
      decide(id, body) {
        made.add({ run, id });
        decisions.decide(run, id, body);
        announce(`${SAID[body.action]}: ${id}`);
      },
      undo,
      undoLatest() {
        const latest = made.latest(run);
        if (latest !== undefined) undo(latest.id);
        return latest?.id;
      },
    };
  }, [run, waiting, decisions, made, toasts, announce]);
}
