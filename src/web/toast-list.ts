import { createSignal, type Signal } from './signal.js';

/** A short message that stays for a while, or until somebody closes it. */
export interface Toast {
  /** A later one with the same key takes its place. */
  readonly key: string;
  readonly text: string;
  readonly problem: boolean;
  readonly actions: readonly { readonly label: string; run(): void }[];
}

export interface ToastList {
  readonly shown: Signal<readonly Toast[]>;
  /** @param stayMs how long it stays; left out for one that must be closed */
  show(toast: Toast, stayMs?: number): void;
  /** Says something short that needs no answer. */
  note(text: string): void;
  close(key: string): void;
}

const NOTE_STAYS_MS = 5000;

export function createToastList(): ToastList {
  const shown = createSignal<readonly Toast[]>([]);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const close = (key: string) => {
    clearTimeout(timers.get(key));
    timers.delete(key);
    shown.set(shown.get().filter((toast) => toast.key !== key));
  };
  const show = (toast: Toast, stayMs?: number) => {
    close(toast.key);
    shown.set([...shown.get(), toast]);
    if (stayMs !== undefined) timers.set(toast.key, setTimeout(close, stayMs, toast.key));
  };
  const note = (text: string) => show({ key: 'note', text, problem: false, actions: [] }, NOTE_STAYS_MS);
  return { shown, show, note, close };
}
