import { buildChatBody } from './chat-body.js';
import type { ChatModel, ChatReply, ChatRequest } from './chat-model.js';
import { connectionCode } from './connection-fault.js';
import { withDeadline } from './deadline.js';
import { ModelError } from './model-error.js';
import { createOpenAiClient } from './openai-client.js';
import type { EndpointOptions } from './openai-endpoint.js';
import { malformed, readCompletion } from './openai-reply.js';
import { readRateLimits } from './rate-limit-headers.js';
import { DEFAULT_BODY_IDLE_MS, readBody } from './read-body.js';

export interface OpenAiModelOptions extends EndpointOptions {
  /** The model's name, sent as it is. */
  readonly name: string;
  /** From sending a request to the last byte of its answer, in milliseconds. */
  readonly timeoutMs: number;
  /** How many requests may be under way at once. */
  readonly concurrency: number;
  /** The longest silence within the body of an answer, in milliseconds. Default: 120,000. */
  readonly bodyIdleMs?: number;
}

/**
 * A model behind the chat completions API, at OpenAI or at any server that speaks it.
 *
 * @throws UserError `model_config` when a key cannot be sent in a header.
 */
export function createOpenAiModel(options: OpenAiModelOptions): ChatModel {
  const { name, timeoutMs, concurrency, bodyIdleMs = DEFAULT_BODY_IDLE_MS } = options;
  const client = createOpenAiClient({ ...options, model: name, connections: concurrency, bodyIdleMs });

  async function send(request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
    let response: Response;
    try {
      const body = buildChatBody(name, request);
      response = await client.api.chat.completions.create(body, { signal }).asResponse();
    } catch (error) {
      throw client.translate(error, '/chat/completions');
    }
    let text: string;
    try {
      text = await readBody(response, { bodyIdleMs });
    } catch (error) {
      if (error instanceof ModelError) throw error;
      throw malformed(`the answer broke off (${connectionCode(error) ?? 'connection closed'})`);
    }
    const limits = readRateLimits((name) => response.headers.get(name), Date.now());
    return { ...readCompletion(text, client.secrets), ...(limits && { limits }) };
  }

  return {
    name,
    complete: (request, { signal }) => withDeadline((inner) => send(request, inner), { signal, timeoutMs }),
    close: () => client.close(),
  };
}
