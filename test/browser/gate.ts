/** Holds answers back until it is opened. */
export interface Gate {
  /** Resolves when the gate is open. */
  pass(): Promise<void>;
  open(): void;
}

export function closedGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { pass: () => promise, open: resolve };
}
