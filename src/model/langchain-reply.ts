import { z } from 'zod';
import type { ChatReply, TokenUsage } from './chat-model.js';
import { normalizeFinishReason } from './finish-reason.js';
import { filtered, malformed } from './openai-reply.js';

const count = z.number().int().nonnegative();
const optionalCount = count.catch(0).default(0);

const usageSchema = z
  .object({
    // No prompt has none: a package that says so does not count.
    input_tokens: count.positive(),
    output_tokens: count,
    input_token_details: z.object({ cache_read: optionalCount }).nullish().catch(null),
    output_token_details: z.object({ reasoning: optionalCount }).nullish().catch(null),
  })
  .transform(
    (usage): TokenUsage => ({
      promptTokens: usage.input_tokens,
      completionTokens: usage.output_tokens,
      cachedPromptTokens: usage.input_token_details?.cache_read ?? 0,
      reasoningTokens: usage.output_token_details?.reasoning ?? 0,
    }),
  )
  .nullable()
  .catch(null);

const textSchema = z.string().nullable().catch(null);
const partSchema = z.union([
  z.string(),
  z
    .object({ type: z.string().optional(), text: z.string().catch('') })
    .transform(({ type, text }) => (type === undefined || type === 'text' ? text : '')),
]);

const messageSchema = z.object({
  content: z.union([z.string(), z.array(partSchema).transform((parts) => parts.join(''))]),
  usage_metadata: usageSchema,
  response_metadata: z
    .object({
      finish_reason: textSchema,
      stop_reason: textSchema,
      stopReason: textSchema,
      finishReason: textSchema,
      done_reason: textSchema,
      model_name: textSchema,
      model: textSchema,
    })
    .partial()
    .catch({}),
});

/**
 * Reads the message that a LangChain model returned; each provider has its own name for the finish reason.
 *
 * @throws ModelError `malformed_reply` when it is no message with text, `content_filter` for a withheld one.
 */
export function readMessage(message: unknown): ChatReply {
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success) throw malformed('the package returned no chat message');
  const { content, usage_metadata: usage, response_metadata: metadata } = parsed.data;
  const finishReason = normalizeFinishReason(
    metadata.finish_reason ??
      metadata.stop_reason ??
      metadata.stopReason ??
      metadata.finishReason ??
      metadata.done_reason,
  );
  if (content === '' && finishReason === 'content_filter') throw filtered(usage);
  return { content, finishReason, usage, servedModel: metadata.model_name ?? metadata.model ?? null };
}
