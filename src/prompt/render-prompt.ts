import type { ChatMessage } from '../model/chat-model.js';
import type { Placeholder, Prompt } from './prompt.js';

/**
 * Fills a prompt, with an example or with two texts to compare. Every placeholder is replaced once, in one pass, so text from the data
 * that looks like a placeholder goes through as it is.
 */
export function renderPrompt<Wanted extends Placeholder>(
  prompt: Prompt<Wanted>,
  texts: Readonly<Record<Wanted | 'input', string>>,
): ChatMessage[] {
  const parts = texts.input === '' ? prompt.user : prompt.userWithInput;
  const content = parts.map((part) => (typeof part === 'string' ? part : texts[part.placeholder])).join('');
  return [
    ...(prompt.system === null ? [] : [{ role: 'system' as const, content: prompt.system }]),
    { role: 'user' as const, content },
  ];
}
