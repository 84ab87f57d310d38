import type { ChatMessage } from '../model/chat-model.js';
import type { Prompt } from './prompt.js';
import type { Placeholder, PromptKind } from './prompt-kind.js';

/**
 * Fills a prompt. Every placeholder is replaced once, in one pass, so text from the data
 * that looks like a placeholder goes through as it is.
 */
export function renderPrompt<Kind extends PromptKind>(
  prompt: Prompt<Kind>,
  texts: Readonly<Record<Placeholder<Kind> | 'input', string>>,
): ChatMessage[] {
  const parts = texts.input === '' ? prompt.user : prompt.userWithInput;
  const content = parts.map((part) => (typeof part === 'string' ? part : texts[part.placeholder])).join('');
  return [
    ...(prompt.system === null ? [] : [{ role: 'system' as const, content: prompt.system }]),
    { role: 'user' as const, content },
  ];
}
