import type { Example } from '../dataset/example.js';
import type { ChatMessage } from '../model/chat-model.js';
import type { Prompt } from './prompt.js';
import type { Placeholder } from './prompt-kind.js';

/** The texts that a prompt is filled with: those of the example, and what else its kind asks for. */
export type PromptTexts = Pick<Example, 'instruction' | 'input' | 'response'> &
  Readonly<Partial<Record<Placeholder, string>>>;

/**
 * Fills a prompt. Every placeholder is replaced once, in one pass, so text from the data
 * that looks like a placeholder goes through as it is.
 */
export function renderPrompt(prompt: Prompt, texts: PromptTexts): ChatMessage[] {
  const parts = texts.input === '' ? prompt.user : prompt.userWithInput;
  const content = parts.map((part) => (typeof part === 'string' ? part : textFor(part, texts))).join('');
  return [
    ...(prompt.system === null ? [] : [{ role: 'system' as const, content: prompt.system }]),
    { role: 'user' as const, content },
  ];
}

function textFor({ placeholder }: { readonly placeholder: Placeholder }, texts: PromptTexts): string {
  const text = texts[placeholder];
  if (text === undefined) throw new Error(`There is no text for {{${placeholder}}}.`);
  return text;
}
