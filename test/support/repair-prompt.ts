import { parsePrompt } from '../../src/prompt/parse-prompt.js';

/** A prompt for repairs that shows where each text went. */
export const REPAIR_PROMPT = parsePrompt(
  `---
name: mend
version: 1
kind: repair
reply: better-answer
max_output_tokens: 9
---
# User
I: {{instruction}} R: {{response}} C: {{candidate}} F: {{findings}}
# User with input
I: {{instruction}} IN: {{input}} R: {{response}} C: {{candidate}} F: {{findings}}
`,
  'mend.md',
  'repair',
);
