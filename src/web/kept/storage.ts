/** What a browser keeps under a key; null when there is nothing, or when it keeps nothing at all. */
export function kept(storage: Storage, key: string): string | null {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a text under a key, or nothing any more (null). False when the browser refuses, for lack of space or by its settings. */
export function keep(storage: Storage, key: string, text: string | null): boolean {
  try {
    if (text === null) storage.removeItem(key);
    else storage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** The keys under which a browser keeps something. */
export function keysOf(storage: Storage): string[] {
  return Array.from({ length: storage.length }, (_, place) => storage.key(place)).filter(
    (key) => key !== null,
  );
}
