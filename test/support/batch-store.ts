import { type InputLine, readBatchInput } from './batch-input.js';
import type { BatchCounts, BatchScript, Fate, Reply } from './batch-script.js';
import { completionBody } from './chat-server.js';
import { Random } from './random.js';

/** A batch as the API shows it. */
export interface BatchObject {
  readonly id: string;
  readonly object: 'batch';
  readonly endpoint: string;
  readonly completion_window: string;
  readonly input_file_id: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly metadata: Record<string, string> | null;
  status: string;
  output_file_id: string | null;
  error_file_id: string | null;
  request_counts: { total: number; completed: number; failed: number };
  errors: { object: 'list'; data: object[] } | null;
}

interface Kept {
  readonly batch: BatchObject;
  readonly fate: Fate;
  readonly lines: readonly InputLine[];
  pollsLeft: number;
  lag: number;
}

/** Files and batches in memory, and the work that is done on them. */
export class BatchStore {
  readonly counts: BatchCounts = {
    calls: { upload: 0, create: 0, retrieve: 0, list: 0, cancel: 0, content: 0, chat: 0 },
    batches: 0,
    byCustomId: {},
    byMessage: {},
  };
  script: BatchScript;
  readonly #files = new Map<string, string>();
  readonly #kept: Kept[] = [];

  constructor(script: BatchScript) {
    this.script = script;
  }

  get batches(): readonly BatchObject[] {
    return this.#kept.map(({ batch }) => batch);
  }

  addFile(text: string): string {
    const id = `file-${this.#files.size + 1}`;
    this.#files.set(id, text);
    return id;
  }

  file(id: string): string | undefined {
    return this.#files.get(id);
  }

  create(inputFileId: string, metadata: Record<string, string> | null): BatchObject {
    const number = this.counts.batches++;
    const fate = this.script.fates?.[number] ?? {};
    const { lines, fault } = readBatchInput(this.#files.get(inputFileId));
    const createdAt = Math.floor(Date.now() / 1000);
    const failure = fault ?? fate.failure;
    const batch: BatchObject = {
      id: `batch_${number + 1}`,
      object: 'batch',
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
      input_file_id: inputFileId,
      created_at: createdAt,
      expires_at: createdAt + 86_400,
      metadata: this.script.dropsMetadata ? null : metadata,
      status: 'validating',
      output_file_id: null,
      error_file_id: null,
      request_counts: { total: 0, completed: 0, failed: 0 },
      errors: null,
    };
    const pollsLeft = fate.polls === null ? Number.POSITIVE_INFINITY : (fate.polls ?? 1);
    const lag = this.script.listLag ?? 0;
    this.#kept.push({
      batch,
      fate: failure ? { ...fate, failure } : fate,
      lines,
      pollsLeft,
      lag,
    });
    return batch;
  }

  /** The batch as a poll finds it: every poll brings it nearer to its end. */
  retrieve(id: string): BatchObject | undefined {
    const kept = this.#kept.find(({ batch }) => batch.id === id);
    if (kept === undefined) return undefined;
    const { batch, fate, lines } = kept;
    if (batch.status === 'cancelling') this.#end(kept, 'cancelled');
    else if (isOver(batch)) return batch;
    else if (kept.pollsLeft-- <= 0 || fate.failure) this.#end(kept, fate.end ?? 'completed');
    else {
      batch.status = 'in_progress';
      batch.request_counts = { total: lines.length, completed: 0, failed: 0 };
    }
    return batch;
  }

  /** @returns undefined when there is no such batch, false when it is over */
  cancel(id: string): BatchObject | false | undefined {
    const batch = this.batches.find((one) => one.id === id);
    if (batch === undefined || isOver(batch)) return batch && false;
    batch.status = 'cancelling';
    return batch;
  }

  /** Ends every batch that is not over yet, as its fate says. */
  finish(): void {
    for (const kept of this.#kept) if (!isOver(kept.batch)) this.#end(kept, kept.fate.end ?? 'completed');
  }

  list(after: string | null, limit: number): { data: object[]; has_more: boolean } {
    const visible = this.#kept.filter((kept) => kept.lag-- <= 0).map(({ batch }) => batch);
    const all = [...visible.reverse(), ...foreign(this.script.foreignBatches ?? 0)];
    if (this.script.oldestFirst) all.reverse();
    const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    return { data: all.slice(start, start + limit), has_more: start + limit < all.length };
  }

  /** Answers one request, and counts it. */
  reply(message: string): { status: number; body: unknown } {
    const before = this.counts.byMessage[message] ?? 0;
    this.counts.byMessage[message] = before + 1;
    const reply = (this.script.reply ?? goodReply)(message, before);
    if ('status' in reply) return reply;
    const { content, finishReason = 'stop' } = reply;
    return { status: 200, body: completionBody(content, { finishReason }) };
  }

  #end({ batch, fate, lines }: Kept, end: 'completed' | 'expired' | 'cancelled'): void {
    if (fate.failure) {
      batch.status = 'failed';
      batch.errors = { object: 'list', data: [{ param: null, line: null, ...fate.failure }] };
      return;
    }
    const worked =
      end === 'completed' ? lines.length : (fate.worked ?? (end === 'expired' ? lines.length : 0));
    const output: string[] = [];
    const errors: string[] = [];
    const counts = { total: lines.length, completed: 0, failed: 0 };
    lines.forEach((line, index) => {
      const isWorked = index < worked;
      const response = isWorked ? this.#work(line, fate.refuse?.[index]) : null;
      const isGood = response?.status === 200;
      if (isGood) counts.completed++;
      else counts.failed++;
      if (fate.missing?.includes(index)) return;
      const text = outputLine(line.custom_id, index, response, end);
      (isGood ? output : errors).push(...(fate.doubled?.includes(index) ? [text, text] : [text]));
    });
    for (let stranger = 0; stranger < (fate.strangers ?? 0); stranger++) {
      const answer = { status: 200, body: completionBody('Not asked for.') };
      output.push(outputLine(`stranger-${stranger}`, stranger, answer, end));
    }
    batch.status = end;
    batch.request_counts = counts;
    const order = new Random(this.script.seed ?? 1);
    const text = order.shuffled(output).map((line) => `${line}\n`);
    if (fate.torn) text.push('{"id":"batch_req_torn","custom_id":"torn-');
    if (text.length > 0) batch.output_file_id = this.addFile(text.join(''));
    if (errors.length > 0) batch.error_file_id = this.addFile(`${order.shuffled(errors).join('\n')}\n`);
  }

  #work(line: InputLine, refusal: number | undefined): { status: number; body: unknown } {
    const { byCustomId } = this.counts;
    byCustomId[line.custom_id] = (byCustomId[line.custom_id] ?? 0) + 1;
    if (refusal === undefined) return this.reply(line.body.messages.at(-1)?.content ?? '');
    return {
      status: refusal,
      body: { error: { message: `refused with ${refusal}`, type: null, code: null } },
    };
  }
}

function isOver({ status }: BatchObject): boolean {
  return ['completed', 'failed', 'expired', 'cancelled'].includes(status);
}

function outputLine(
  customId: string,
  index: number,
  response: { status: number; body: unknown } | null,
  end: string,
): string {
  return JSON.stringify({
    id: `batch_req_${index}`,
    custom_id: customId,
    response: response && { status_code: response.status, request_id: `req_${index}`, body: response.body },
    error: response ? null : { code: `batch_${end}`, message: 'This request was not worked on in time.' },
  });
}

function goodReply(message: string): Reply {
  const instruction = /<instruction>\n([\s\S]*?)\n<\/instruction>/.exec(message)?.[1] ?? message;
  return {
    content: `Vague.\n\n[Better Answer]\nRefined, for this instruction: ${instruction}\n\nDone.\n[End]`,
  };
}

function foreign(count: number): BatchObject[] {
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, index) => ({
    id: `batch_foreign_${index}`,
    object: 'batch',
    endpoint: '/v1/embeddings',
    completion_window: '24h',
    input_file_id: `file-foreign-${index}`,
    created_at: now - (index + 1) * 60,
    expires_at: now + 86_400,
    metadata: null,
    status: 'completed',
    output_file_id: null,
    error_file_id: null,
    request_counts: { total: 1, completed: 1, failed: 0 },
    errors: null,
  }));
}
