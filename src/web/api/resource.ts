import { useCallback, useEffect, useState } from 'preact/hooks';

/** What is known of something that comes from the server. */
export interface Resource<Value> {
  /** The latest that came; undefined while nothing has. It stays while it is loaded anew. */
  readonly value: Value | undefined;
  readonly error: unknown;
  readonly loading: boolean;
  reload(): void;
  /** Puts something else in the place of the value, until it is loaded again. */
  patch(change: (value: Value) => Value): void;
}

interface Loaded<Value> {
  readonly key: string;
  readonly value: Value | undefined;
  readonly error: unknown;
  readonly loading: boolean;
}

/**
 * Loads something whenever its key is another, and again on `reload`. Of several loads only the latest counts.
 *
 * @param keep whether the value of the key before stays until the new one is there
 */
export function useResource<Value>(
  key: string,
  load: () => Promise<Value>,
  { keep = false } = {},
): Resource<Value> {
  const [turn, setTurn] = useState(0);
  const [loaded, setLoaded] = useState<Loaded<Value>>({
    key,
    value: undefined,
    error: undefined,
    loading: true,
  });
  useEffect(() => {
    let current = true;
    setLoaded((before) => ({
      key,
      value: before.key === key || keep ? before.value : undefined,
      error: undefined,
      loading: true,
    }));
    load().then(
      (value) => current && setLoaded({ key, value, error: undefined, loading: false }),
      (error: unknown) => current && setLoaded((before) => ({ ...before, error, loading: false })),
    );
    return () => {
      current = false;
    };
  }, [key, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const patch = useCallback((change: (value: Value) => Value) => {
    setLoaded((before) => (before.value === undefined ? before : { ...before, value: change(before.value) }));
  }, []);
  const stale = loaded.key !== key;
  return {
    value: stale && !keep ? undefined : loaded.value,
    error: stale ? undefined : loaded.error,
    loading: stale || loaded.loading,
    reload,
    patch,
  };
}
