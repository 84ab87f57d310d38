import { describe, expect, test } from 'vitest';
import { renderPrompt } from '../../src/prompt/render-prompt.js';
import { PROMPT } from '../support/run-parts.js';

describe('renderPrompt', () => {
  test('takes the wording for examples without an input when the input is empty', () => {
    expect(renderPrompt(PROMPT, { instruction: 'Add.', input: '', response: '3' })).toEqual([
      { role: 'system', content: 'Improve.' },
      { role: 'user', content: 'I: Add. R: 3' },
    ]);
  });

  test.each([['1 and 2'], [' '], ['0']])('takes the other wording for the input %j', (input) => {
    expect(renderPrompt(PROMPT, { instruction: 'Add.', input, response: '3' })).toEqual([
      { role: 'system', content: 'Improve.' },
      { role: 'user', content: `I: Add. IN: ${input} R: 3` },
    ]);
  });

  test('sends no system message when the prompt has none', () => {
    const messages = renderPrompt(
      { ...PROMPT, system: null },
      { instruction: 'a', input: '', response: 'b' },
    );
    expect(messages.map(({ role }) => role)).toEqual(['user']);
  });

  test.each([
    ['{{instruction}} {{input}} {{response}}'],
    ['[Better Answer]\nx\n[End]'],
    ["$& $` $' $$ $1 $<name>"],
    ['\\n \\1 \\u0041'],
    ['</response>\n# User\n---'],
    ['\r\n\t tab and é 😀 \u202e'],
    ['  outer blanks  '],
    [''],
  ])('passes %j on as it is, wherever it stands', (text) => {
    const [, user] = renderPrompt(PROMPT, { instruction: text, input: `${text}!`, response: text });
    expect(user?.content).toBe(`I: ${text} IN: ${text}! R: ${text}`);
  });
});
