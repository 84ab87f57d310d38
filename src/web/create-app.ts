import { createApi } from './api/api.js';
import { describeProblem } from './api/problem.js';
import type { App } from './app-context.js';
import { createDecisionQueue, type QueuedDecision } from './decisions/decision-queue.js';
import { createMadeDecisions } from './decisions/made-decisions.js';
import { createRecordStore, type RecordStore } from './decisions/record-store.js';
import { createSettings } from './kept/settings.js';
import { createSignal } from './signal.js';
import { createToastList } from './toast-list.js';

const SAVED_STAYS_MS = 5000;

/** Puts together what the pages share. */
export function createApp(onLoggedOut: () => void, announce: (sentence: string) => void): App {
  const api = createApi(onLoggedOut);
  const toasts = createToastList();
  const saved: App['saved'] = createSignal(null);
  const stores = new Map<string, RecordStore>();
  const records = (run: string) => {
    const store = stores.get(run) ?? createRecordStore((id) => api.record(run, id));
    stores.set(run, store);
    return store;
  };

  const decisions = createDecisionQueue({
    send: api.decide,
    read: api.record,
    storage: localStorage,
    onSaved(run, detail) {
      records(run).put(detail);
      saved.set({ run, detail });
      tellSaved();
    },
    onFailed: tellUnsaved,
  });

  let someFailed = false;

  /** Says that all is well again. */
  function tellSaved(): void {
    if (!someFailed || decisions.waiting.get().size > 0) return;
    someFailed = false;
    toasts.show(
      { key: 'unsaved', text: 'All decisions are saved.', problem: false, actions: [] },
      SAVED_STAYS_MS,
    );
  }

  function tellUnsaved({ id, problem }: QueuedDecision): void {
    someFailed = true;
    const count = [...decisions.waiting.get().values()].filter(({ state }) => state === 'unsaved').length;
    const what = count === 1 ? `The decision on ${id} is not saved` : `${count} decisions are not saved`;
    const why = problem === null ? 'The page was left before it was confirmed.' : describeProblem(problem);
    toasts.show({
      key: 'unsaved',
      text: `${what}. ${why} It is kept in this browser.`,
      problem: true,
      actions: [
        {
          label: 'Send again',
          run() {
            toasts.close('unsaved');
            decisions.sendAgain();
          },
        },
      ],
    });
  }

  return {
    api,
    toasts,
    settings: createSettings(localStorage),
    decisions,
    made: createMadeDecisions(sessionStorage),
    saved,
    records,
    announce,
  };
}
