import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { RecordDetail } from '../report/record-data.js';
import type { Api } from './api/api.js';
import type { DecisionQueue } from './decisions/decision-queue.js';
import type { MadeDecisions } from './decisions/made-decisions.js';
import type { RecordStore } from './decisions/record-store.js';
import type { Settings } from './kept/settings.js';
import type { Signal } from './signal.js';
import type { ToastList } from './toast-list.js';

/** What every page may need: the server, what is known of it, and the ways to tell people something. */
export interface App {
  readonly api: Api;
  readonly toasts: ToastList;
  readonly settings: Signal<Settings>;
  readonly decisions: DecisionQueue;
  readonly made: MadeDecisions;
  /** The record whose decision was confirmed last. */
  readonly saved: Signal<{ readonly run: string; readonly detail: RecordDetail } | null>;
  records(run: string): RecordStore;
  /** Has a screen reader say a sentence. */
  announce(sentence: string): void;
}

export const AppContext = createContext<App | null>(null);

/** @throws Error outside the application */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('This component is for pages with a server only.');
  return app;
}
