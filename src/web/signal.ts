import { useEffect, useState } from 'preact/hooks';

/** A value that parts of the page look at together, and that tells them when it is another. */
export interface Signal<Value> {
  get(): Value;
  set(value: Value): void;
  /** Calls `listener` after every change; returns what takes it away. */
  subscribe(listener: () => void): () => void;
}

export function createSignal<Value>(first: Value): Signal<Value> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (next === value) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of a signal, and again whenever it is another. */
export function useSignal<Value>(signal: Signal<Value>): Value {
  const [value, setValue] = useState(() => signal.get());
  useEffect(() => {
    const follow = () => setValue(() => signal.get());
    follow();
    return signal.subscribe(follow);
  }, [signal]);
  return value;
}
