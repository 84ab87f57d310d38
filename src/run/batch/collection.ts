import type { Batch } from '../../model/batch.js';
import { type BatchLineContext, readBatchLine } from '../../model/batch-lines.js';
import type { ChatReply } from '../../model/chat-model.js';
import { ModelError } from '../../model/model-error.js';
import type { BatchRequest } from './batch-entry.js';
import type { BatchRecord } from './batch-record.js';
import { customIdOf } from './custom-id.js';

/** Lines of a batch's files that brought nothing. */
export interface OddLines {
  /** Further lines for a request that had one. */
  duplicated: number;
  /** For ids that nobody sent. */
  foreign: number;
  /** Torn, or no line of a batch at all. */
  unreadable: number;
  /** Requests without any line, though the batch worked on them or may have. */
  missing: number;
}

/** Requests refused as bad, with nothing else in a batch, that say more of the server than of the examples. */
const REFUSED_BATCH = 5;

/** What came for one request. */
export interface Result {
  readonly request: BatchRequest;
  readonly answer: ChatReply | ModelError;
}

/**
 * Reads the files of a batch that is over.
 *
 * Replies are given as they are read; what brought none only at the end, since a reply may follow a fault for the same
 * request, and with one reply after it, where there is any: the ledger goes by that order to tell an example's fault
 * from an outage. One result comes for every request; `odd` counts what else there was.
 *
 * @param lines of both files
 * @param answeredBefore whether the model has given any reply in this run
 */
export async function* readResults(
  { intent }: BatchRecord,
  batch: Batch,
  lines: AsyncIterable<string>,
  context: BatchLineContext,
  answeredBefore: boolean,
  odd: OddLines,
): AsyncGenerator<Result> {
  const requests = new Map(intent.requests.map((request) => [customIdOf(request), request]));
  const faults = new Map<string, ModelError>();
  const replied = new Set<string>();
  let held: Result | null = null;
  for await (const text of lines) {
    if (text.trim() === '') continue;
    const line = readBatchLine(text, context);
    if (line.customId === null) {
      odd.unreadable++;
      continue;
    }
    const { customId, result } = line;
    const request = requests.get(customId);
    if (request === undefined) {
      odd.foreign++;
      continue;
    }
    if (replied.has(customId) || faults.has(customId)) odd.duplicated++;
    if (replied.has(customId)) continue;
    if (result instanceof ModelError) {
      if (!faults.has(customId)) faults.set(customId, result);
      continue;
    }
    replied.add(customId);
    if (held !== null) yield held;
    held = { request, answer: result };
  }
  const bad = [...faults.values()].filter(({ facts }) => facts.code === 'bad_request').length;
  const refusedAll = !answeredBefore && replied.size === 0 && bad >= REFUSED_BATCH && bad === faults.size;
  for (const [customId, request] of requests) {
    if (replied.has(customId)) continue;
    const fault = faults.get(customId) ?? missing(batch, replied.size);
    if (!faults.has(customId) && fault.facts.code !== 'not_done') odd.missing++;
    yield { request, answer: refusedAll ? asRefusalOfRun(fault) : fault };
  }
  if (held !== null) yield held;
}

/** A request without a line: never worked on where the batch ended early, else worked on for all that is known. */
function missing({ status, counts }: Batch, replies: number): ModelError {
  const endedEarly = status !== 'completed' && replies >= counts.completed;
  return endedEarly
    ? new ModelError(`the batch ended before its turn (${status})`, { kind: 'transport', code: 'not_done' })
    : new ModelError('the batch is over and holds no line for this request', {
        kind: 'transport',
        code: 'malformed_reply',
      });
}

/** Nothing but bad requests: more likely the server does not take what it is sent than that every example is bad. */
function asRefusalOfRun(fault: ModelError): ModelError {
  return new ModelError(fault.message, { ...fault.facts, kind: 'run' }, { cause: fault });
}
