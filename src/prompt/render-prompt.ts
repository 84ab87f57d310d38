import type { Example } from '../dataset/example.js';
import type { ChatMessage } from '../model/chat-model.js';
import type { Prompt } from './prompt.js';

/**
 * Fills a prompt with an example. Every placeholder is replaced once, in one pass, so text from the data
 * that looks like a placeholder goes through as it is.
 */
export function renderPrompt(
  prompt: Prompt,
  example: Pick<Example, 'instruction' | 'input' | 'response'>,
): ChatMessage[] {
  const parts = example.input === '' ? prompt.user : prompt.userWithInput;
  const content = parts.map((part) => (typeof part === 'string' ? part : example[part.placeholder])).join('');
  return [
    ...(prompt.system === null ? [] : [{ role: 'system' as const, content: prompt.system }]),
    { role: 'user' as const, content },
  ];
}
