import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { ChatRequest } from './chat-model.js';

/** The body of a request for a chat completion, online and in a batch alike. */
export function buildChatBody(model: string, request: ChatRequest): ChatCompletionCreateParamsNonStreaming {
  const { messages, temperature, maxTokens, omit } = request;
  return {
    model,
    messages: [...messages],
    ...(!omit.includes('temperature') && { temperature }),
    // OpenAI's reasoning models refuse the old name of the limit and take the new one.
    ...(omit.includes('max_tokens') ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }),
  };
}
