/**
 * Works through items with a fixed number of workers: each takes the next item as soon as it is free, so no
 * slow item holds up a batch.
 *
 * @param signal aborted: no further item is begun; those begun are waited for
 * @param work must not reject; a rejection is a bug and ends the pool
 */
export async function runPool<T>(
  items: Iterable<T>,
  concurrency: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    while (!signal.aborted) {
      const next = queue.next();
      if (next.done) return;
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
