import type { ChatModel, ChatReply, ChatRequest } from '../../src/model/chat-model.js';
import { ModelError, type ModelErrorCode, type ModelErrorKind } from '../../src/model/model-error.js';
import { answer } from './run-parts.js';

/** What a model does with one request: answers, fails, or takes its time. */
export type Turn = ChatReply | Error | Promise<ChatReply>;

export interface ScriptedModel extends ChatModel {
  /** The user messages of all requests, in the order in which they came. */
  readonly asked: string[];
  readonly requests: ChatRequest[];
}

/**
 * A model without a server. `script` says what becomes of each request; a request that it has no turn for fails
 * the test.
 *
 * @param script gets the example's number (that of `someExamples`), and how often it was asked before
 */
export function scriptedModel(
  script: (example: number, before: number, signal: AbortSignal) => Turn | undefined,
): ScriptedModel {
  const asked: string[] = [];
  const requests: ChatRequest[] = [];
  return {
    name: 'small-model',
    asked,
    requests,
    async complete(request, { signal }) {
      const content = request.messages.at(-1)?.content ?? '';
      const before = asked.filter((one) => one === content).length;
      asked.push(content);
      requests.push(request);
      const turn = script(Number(/Ask (\d+)\?/.exec(content)?.[1]), before, signal);
      if (turn === undefined) throw new Error(`An unexpected request: ${content}`);
      if (turn instanceof Error) throw turn;
      return turn;
    },
    async close() {},
  };
}

/** A usable answer with this text. */
export function replyOf(text: string, parts: Partial<ChatReply> = {}): ChatReply {
  return { content: answer(text), finishReason: 'stop', usage: null, servedModel: null, ...parts };
}

export function faultOf(
  kind: ModelErrorKind,
  code: ModelErrorCode,
  facts: Partial<ModelError['facts']> = {},
): ModelError {
  return new ModelError(`words about ${code}`, { kind, code, ...facts });
}
