import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from './api.js';
import type { ToastList } from './toast-list.js';

/** What every page may need: the server, and the ways to tell people something. */
export interface App {
  readonly api: Api;
  readonly toasts: ToastList;
  /** Has a screen reader say a sentence, once what it says now is over. */
  announce(sentence: string): void;
}

export const AppContext = createContext<App | null>(null);

/** @throws Error outside the application */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('This component is for pages with a server only.');
  return app;
}
