import { z } from 'zod';
import type { ChatReply, TokenUsage } from './chat-model.js';
import { tellWords } from './classify.js';
import { normalizeFinishReason } from './finish-reason.js';
import { ModelError } from './model-error.js';
import { readServerWords } from './server-words.js';

const count = z.number().int().nonnegative();
const optionalCount = count.catch(0).default(0);

/** A count that is missing where it must not be makes the whole usage unknown, which is better than wrong. */
const usageSchema = z
  .object({
    // No prompt has none: a server that says so does not count.
    prompt_tokens: count.positive(),
    completion_tokens: count,
    prompt_tokens_details: z.object({ cached_tokens: optionalCount }).nullish().catch(null),
    completion_tokens_details: z.object({ reasoning_tokens: optionalCount }).nullish().catch(null),
  })
  .transform(
    (usage): TokenUsage => ({
      promptTokens: usage.prompt_tokens,
      completionTokens: usage.completion_tokens,
      cachedPromptTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
      reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
    }),
  )
  .nullable()
  .catch(null);

const partSchema = z.object({ type: z.string().optional(), text: z.string().optional().catch(undefined) });

const completionSchema = z.object({
  model: z.string().nullable().catch(null),
  choices: z.tuple(
    [
      z.object({
        finish_reason: z.unknown().optional().transform(normalizeFinishReason),
        message: z.object({
          content: z.union([z.string(), z.array(partSchema).transform(joinTextParts)]).nullish(),
          refusal: z.string().nullable().catch(null),
        }),
      }),
    ],
    z.unknown(),
  ),
});

const envelopeSchema = z.object({ error: z.unknown().optional(), usage: usageSchema });

/**
 * Reads the body of a 200 as a chat completion.
 *
 * A null content is a reply when all tokens went into hidden reasoning (`length`) or when the model refuses in
 * words; otherwise nobody knows what happened, and the request may be sent again.
 *
 * @throws ModelError `malformed_reply` for anything that is no completion, `content_filter` for a filtered one.
 */
export function readCompletion(text: string, secrets: readonly string[]): ChatReply {
  return checkCompletion(parseJson(text, secrets), secrets);
}

/** As `readCompletion`, for a body that was parsed already. */
export function checkCompletion(body: unknown, secrets: readonly string[]): ChatReply {
  const envelope = envelopeSchema.safeParse(body);
  const usage = envelope.data?.usage ?? null;
  const completion = completionSchema.safeParse(body);
  if (!completion.success) {
    const said = tellWords(readServerWords(envelope.data?.error ? body : '').message, secrets);
    throw malformed(
      said === '' ? `no chat completion: ${firstIssue(completion.error)}` : `error in a 200: ${said}`,
      usage,
    );
  }
  const { finish_reason: finishReason, message } = completion.data.choices[0];
  const content = message.content ?? message.refusal ?? '';
  if (content === '' && finishReason === 'content_filter') throw filtered(usage);
  if (finishReason === 'error') throw malformed('the answer broke off at the provider', usage);
  if (message.content == null && message.refusal === null && finishReason !== 'length') {
    throw malformed(`message without content, finish reason ${finishReason ?? 'unknown'}`, usage);
  }
  const isCounted = content === '' || usage === null || usage.completionTokens > 0;
  return { content, finishReason, usage: isCounted ? usage : null, servedModel: completion.data.model };
}

/** A 200 that holds no usable answer. */
export function malformed(message: string, usage: TokenUsage | null = null): ModelError {
  return new ModelError(message, {
    kind: 'transport',
    code: 'malformed_reply',
    status: 200,
    ...(usage !== null && { usage }),
  });
}

/** An answer that the provider withheld. */
export function filtered(usage: TokenUsage | null): ModelError {
  return new ModelError('the answer was withheld by a content filter', {
    kind: 'example',
    code: 'content_filter',
    status: 200,
    ...(usage !== null && { usage }),
  });
}

/** @throws ModelError `malformed_reply` for a body that is no JSON */
export function parseJson(text: string, secrets: readonly string[]): unknown {
  if (text.trim() === '') throw malformed('empty body');
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(`body is no JSON: ${tellWords(readServerWords(text).message, secrets)}`);
  }
}

/** Parts of other types (thinking, images) are not part of the answer. */
function joinTextParts(parts: z.infer<typeof partSchema>[]): string {
  const texts = parts.filter(({ type }) => type === undefined || type === 'text' || type === 'output_text');
  return texts.map(({ text }) => text ?? '').join('');
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'unknown shape' : `${issue.path.join('.') || 'body'}: ${issue.message}`;
}
