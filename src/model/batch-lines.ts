import { z } from 'zod';
import { buildChatBody } from './chat-body.js';
import type { ChatReply, ChatRequest } from './chat-model.js';
import { classifyRefusal, tellWords } from './classify.js';
import { ModelError } from './model-error.js';
import { checkCompletion, malformed, readCompletion } from './openai-reply.js';
import { readServerWords } from './server-words.js';

/**
 * One request as a line of a batch's input file, without the line feed. Its body is what the online path sends.
 *
 * @param customId comes back with the answer; servers want it unique within the batch
 */
export function batchLine(customId: string, model: string, request: ChatRequest): string {
  const line = JSON.stringify({
    custom_id: customId,
    method: 'POST',
    url: '/v1/chat/completions',
    body: buildChatBody(model, request),
  });
  // Line ends to some readers, though not to JSON, which allows them unescaped within strings.
  return line.replace(
    /[\u0085\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What a line of an output or error file says. */
export type BatchLine =
  | {
      readonly customId: string;
      /** The reply, or why there is none. */
      readonly result: ChatReply | ModelError;
    }
  | {
      /** A line that cannot be told to belong to any request: torn, no JSON, without an id. */
      readonly customId: null;
      readonly fault: string;
    };

export interface BatchLineContext {
  readonly model: string;
  /** Keys and the like, to be removed from the server's words. */
  readonly secrets: readonly string[];
}

const lineSchema = z.object({
  custom_id: z.string().min(1),
  response: z.object({ status_code: z.int(), body: z.unknown().optional() }).nullish().catch(null),
  error: z.unknown().optional(),
});

/** Reads one line of an output or an error file; either kind may stand in either file. */
export function readBatchLine(text: string, context: BatchLineContext): BatchLine {
  const line = parseLine(text);
  if (!line.success) return { customId: null, fault: `no line of a batch: ${quote(text, context)}` };
  const { custom_id: customId, response, error } = line.data;
  return { customId, result: response ? readResponse(response, context) : readLineError(error, context) };
}

function readResponse(
  { status_code: status, body }: { status_code: number; body?: unknown },
  { model, secrets }: BatchLineContext,
): ChatReply | ModelError {
  if (status < 200 || status >= 300) {
    return classifyRefusal({ status, body, header: () => null }, { model, secrets, nowMs: Date.now() });
  }
  try {
    return typeof body === 'string' ? readCompletion(body, secrets) : checkCompletion(body, secrets);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

/** Refusals that need no status to be believed. */
const telling = new Set<string>([
  'content_filter',
  'context_length',
  'quota_exhausted',
  'unauthorized',
  'unknown_model',
]);

/** A line without a response: the batch ended before its turn, or the server could not do it. */
function readLineError(error: unknown, { model, secrets }: BatchLineContext): ModelError {
  const { code, message } = readServerWords(error);
  if (code === '' && message === '') return malformed('a line with neither response nor error');
  const said = tellWords([code, message].filter((part) => part !== '').join(': '), secrets);
  if (/expired|cancel/i.test(code)) return new ModelError(said, { kind: 'transport', code: 'not_done' });
  const refusal = { status: 400, body: error, header: () => null };
  const { kind, code: guess } = classifyRefusal(refusal, { model, secrets, nowMs: Date.now() }).facts;
  return telling.has(guess)
    ? new ModelError(said, { kind, code: guess })
    : new ModelError(said, { kind: 'transport', code: 'server_error' });
}

function parseLine(text: string): z.ZodSafeParseResult<z.infer<typeof lineSchema>> | { success: false } {
  try {
    return lineSchema.safeParse(JSON.parse(text));
  } catch {
    return { success: false };
  }
}

/** The words of a dataset have no place in messages: only how the line begins is told. */
function quote(text: string, { secrets }: BatchLineContext): string {
  const start = tellWords(text.slice(0, 60), secrets);
  return text.length > 60 ? `${start}…` : start;
}
