import { type CountTokens, type EncodingName, loadEncoding } from '../token-encoding.js';
import type { ChatMessage } from './chat-model.js';
import type { ModelSpec } from './resolve.js';

/** Counts tokens before they are sent. */
export interface TokenCounter {
  readonly encoding: EncodingName;
  /** Whether the model is known to count the same; else the count is about right, mostly within a third. */
  readonly exact: boolean;
  count(text: string): number;
  /** Tokens of a whole prompt. */
  countMessages(messages: readonly ChatMessage[]): number;
  /** The most that a prompt can have: the count where it is exact, else `mostTokensOf`. */
  mostInMessages(messages: readonly ChatMessage[]): number;
}

/**
 * What OpenAI's chat format adds: 3 tokens around each message, whose role is one token more, and 3 in front of the
 * reply ("How to count tokens with tiktoken", OpenAI Cookbook).
 */
const TOKENS_A_MESSAGE = 4;
const TOKENS_A_REPLY = 3;

/** More than any chat template known to us adds to a prompt of its own accord, a short default system message included. */
const TEMPLATE_TOKENS = 100;

/** English has between four and five bytes a token in all encodings of today, other text less. */
const BYTES_A_TOKEN = 4;

/** Makes the counter for a model, loading its tokeniser (about 0.2 s and 80 MB). */
export async function tokenCounterFor(spec: ModelSpec): Promise<TokenCounter> {
  const { encoding, exact } = encodingOf(spec);
  const count = await loadEncoding(encoding);
  const countMessages = (messages: readonly ChatMessage[]): number => countWith(count, messages);
  return { encoding, exact, count, countMessages, mostInMessages: exact ? countMessages : mostTokensOf };
}

/** Which tokeniser comes nearest to a model's, and whether it is the model's own. */
export function encodingOf(spec: ModelSpec): Pick<TokenCounter, 'encoding' | 'exact'> {
  // A fine-tuned model is called `ft:MODEL:...`.
  const name = (spec.via === 'openai' ? spec.name : spec.model).replace(/^ft:/, '');
  // What another server calls gpt-4o may be anything.
  const exact = spec.via === 'openai' && spec.official;
  if (/^(chatgpt-4o|gpt-4o|gpt-4\.1|gpt-5|o1|o3|o4)(?![\w.])/.test(name)) return { encoding: 'o200k', exact };
  if (/^gpt-(4|3\.5)(?![\w.])/.test(name)) return { encoding: 'cl100k', exact };
  if (/llama-?[12](?![\w.])|vicuna|codellama/i.test(name)) return { encoding: 'llama', exact: false };
  return { encoding: 'o200k', exact: false };
}

/** A guess at a text's tokens from its length alone, for where no tokeniser is worth loading. */
export function roughTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_A_TOKEN);
}

/** The most tokens that a prompt can have with any tokeniser: none of its tokens is shorter than a byte. */
export function mostTokensOf(messages: readonly ChatMessage[]): number {
  return TEMPLATE_TOKENS + countWith(Buffer.byteLength, messages);
}

/** Counts by length alone, without a tokeniser. */
export const roughCounter: Omit<TokenCounter, 'encoding'> = {
  exact: false,
  count: roughTokens,
  countMessages: (messages) => countWith(roughTokens, messages),
  mostInMessages: mostTokensOf,
};

function countWith(count: CountTokens, messages: readonly ChatMessage[]): number {
  const contents = messages.reduce((sum, { content }) => sum + count(content), 0);
  return contents + messages.length * TOKENS_A_MESSAGE + TOKENS_A_REPLY;
}
