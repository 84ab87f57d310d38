/** How much one batch may hold. */
export interface BatchLimits {
  readonly requests: number;
  /** Of the input file, with its line feeds. */
  readonly bytes: number;
  /** Prompt tokens; null for no limit. Servers limit how many may wait at once, by account and model. */
  readonly promptTokens: number | null;
}

/**
 * OpenAI's limits for one batch: 50,000 requests and 200 MB. Nobody says whether a MB has 10^6 or 2^20 bytes;
 * these are the smaller ones, less one percent for the form around the file.
 */
export const OPENAI_BATCH_LIMITS = { requests: 50_000, bytes: 198_000_000 } as const;

/** A request that is to go into a batch. */
export interface Batchable {
  /** Of its line, as `lineBytes` counts them. */
  readonly bytes: number;
  /** Counted, not told by a server. */
  readonly promptTokens: number;
}

export interface SplitBatches<T> {
  /** In the order given; none is empty. */
  readonly batches: readonly (readonly T[])[];
  /** Requests whose line alone is longer than a whole file may be. */
  readonly tooLarge: readonly T[];
}

/**
 * Deals requests out to as few batches as their order allows. A request with more tokens than a batch may have
 * gets one of its own: the server decides.
 */
export function splitBatches<T extends Batchable>(
  requests: Iterable<T>,
  { requests: mostRequests, bytes: mostBytes, promptTokens: mostTokens }: BatchLimits,
): SplitBatches<T> {
  const batches: T[][] = [];
  const tooLarge: T[] = [];
  let current: T[] = [];
  let bytes = 0;
  let promptTokens = 0;
  for (const request of requests) {
    if (request.bytes > mostBytes) {
      tooLarge.push(request);
      continue;
    }
    const isFull =
      current.length >= mostRequests ||
      bytes + request.bytes > mostBytes ||
      (mostTokens !== null && promptTokens + request.promptTokens > mostTokens);
    if (current.length === 0 || isFull) {
      current = [];
      batches.push(current);
      bytes = 0;
      promptTokens = 0;
    }
    current.push(request);
    bytes += request.bytes;
    promptTokens += request.promptTokens;
  }
  return { batches, tooLarge };
}

/** The bytes that a line takes in the input file. */
export function lineBytes(line: string): number {
  return Buffer.byteLength(line) + 1;
}
