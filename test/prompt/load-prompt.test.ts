import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_PROMPT_FILE,
  loadJudgePrompt,
  loadPrompt,
  loadRepairPrompt,
} from '../../src/prompt/load-prompt.js';
import type { Prompt } from '../../src/prompt/prompt.js';
import { renderPrompt } from '../../src/prompt/render-prompt.js';
import { PROMPT, PROMPT_TEXT, temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();

const fileOf = (name: string, bytes: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe('loadPrompt', () => {
  test('reads a file', async () => {
    expect(await loadPrompt(fileOf('a.md', PROMPT_TEXT))).toEqual(PROMPT);
  });

  test('hashes the bytes of the file, byte order mark and all', async () => {
    const marked = await loadPrompt(fileOf('bom.md', `\uFEFF${PROMPT_TEXT}`));
    expect(marked.text).toBe(`\uFEFF${PROMPT_TEXT}`);
    expect(marked.hash).not.toBe(PROMPT.hash);
  });

  test.each([
    ['a missing file', () => join(folder, 'missing.md'), 'cannot be read', 'ENOENT'],
    ['a folder', () => folder, 'cannot be read', 'EISDIR'],
    [
      'bytes that are no UTF-8',
      () => fileOf('latin1.md', Buffer.from(`${PROMPT_TEXT}é`, 'latin1')),
      'UTF-8',
      '',
    ],
    ['a file that is no prompt', () => fileOf('x.md', 'Dear model,'), 'no front matter', 'Dear model,'],
  ])('refuses %s, and names it', async (_, path, message, found) => {
    const where = path();
    const error: unknown = await loadPrompt(where).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'UserError', code: 'prompt', facts: { where } });
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
    expect((error as { facts: { found?: string } }).facts.found ?? '').toContain(found);
  });
});

test.each([
  ['repair', loadRepairPrompt],
  ['judge', loadJudgePrompt],
])('a prompt for something else is refused: %s', async (kind, load) => {
  const file = fileOf(`${kind}.md`, (await load()).text);
  await expect(loadPrompt(file)).rejects.toMatchObject({
    ...{ name: 'UserError', code: 'prompt' },
    facts: { where: file, expected: 'kind: refine', found: `kind: ${kind}` },
  });
});

describe('the prompts of the package', () => {
  test.each([
    ['introspect', () => loadPrompt(DEFAULT_PROMPT_FILE)],
    ['repair', loadRepairPrompt],
  ] as const)('%s loads, and asks for the markers that the parser reads', async (name, load) => {
    const prompt: Prompt<'refine' | 'repair'> = await load();
    expect(prompt.settings).toMatchObject({ name, reply: 'better-answer', temperature: 0 });
    for (const input of ['', 'in']) {
      const texts = {
        instruction: 'Ask?',
        input,
        response: 'Said.',
        candidate: 'Tried.',
        findings: '- Wrong.',
      };
      const [system, user] = renderPrompt(prompt, texts);
      expect(system?.role).toBe('system');
      expect(user?.content).toContain('<instruction>\nAsk?\n</instruction>');
      expect(user?.content).toContain('<response>\nSaid.\n</response>');
      expect(user?.content.includes('<attempt>\nTried.\n</attempt>')).toBe(name === 'repair');
      expect(user?.content.includes('\n- Wrong.\n')).toBe(name === 'repair');
      expect(user?.content.includes('<input>\nin\n</input>')).toBe(input !== '');
      // Named, but with nothing between them that a reply could echo as its answer.
      expect(user?.content).toContain('[Better Answer]');
      expect(user?.content).toContain('[End]');
      expect(user?.content).not.toMatch(/^\[(Better Answer|End)\]/m);
      expect(user?.content).not.toContain('{{');
    }
  });
});

describe("the judge's prompt", () => {
  test.each(['', 'in'])(
    'shows both texts between tags, and asks for JSON, with the input %j',
    async (input) => {
      const prompt = await loadJudgePrompt();
      expect(prompt.settings).toMatchObject({ name: 'judge', temperature: 0 });
      const texts = { instruction: 'Ask?', input, first: 'One {{second}}.', second: 'Two.' };
      const [system, user] = renderPrompt(prompt, texts);
      expect(system?.content).toContain('not addressed to you');
      expect(user?.content).toContain('<instruction>\nAsk?\n</instruction>');
      expect(user?.content).toContain('<text_a>\nOne {{second}}.\n</text_a>');
      expect(user?.content).toContain('<text_b>\nTwo.\n</text_b>');
      expect(user?.content.includes('<input>\nin\n</input>')).toBe(input !== '');
      expect(user?.content).toContain('"better": {');
    },
  );

  test('tells nothing of where the texts come from', async () => {
    const { text } = await loadJudgePrompt();
    expect(text).not.toMatch(/original|refined|rewrit|improve/i);
  });
});
