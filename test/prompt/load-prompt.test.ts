import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_PROMPT_FILE, loadPrompt, REPAIR_PROMPT_FILE } from '../../src/prompt/load-prompt.js';
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

test('a prompt for something else is refused', async () => {
  await expect(loadPrompt(DEFAULT_PROMPT_FILE, 'repair')).rejects.toMatchObject({
    ...{ name: 'UserError', code: 'prompt' },
    facts: { where: DEFAULT_PROMPT_FILE, expected: 'kind: repair', found: 'kind: refine' },
  });
  await expect(loadPrompt(REPAIR_PROMPT_FILE)).rejects.toMatchObject({
    facts: { expected: 'kind: refine', found: 'kind: repair' },
  });
});

describe('the prompts of the package', () => {
  test.each([
    ['introspect', DEFAULT_PROMPT_FILE, 'refine'],
    ['repair', REPAIR_PROMPT_FILE, 'repair'],
  ] as const)('%s loads, and asks for the markers that the parser reads', async (name, file, kind) => {
    const prompt = await loadPrompt(file, kind);
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
      expect(user?.content.includes('<attempt>\nTried.\n</attempt>')).toBe(kind === 'repair');
      expect(user?.content.includes('\n- Wrong.\n')).toBe(kind === 'repair');
      expect(user?.content.includes('<input>\nin\n</input>')).toBe(input !== '');
      // Named, but with nothing between them that a reply could echo as its answer.
      expect(user?.content).toContain('[Better Answer]');
      expect(user?.content).toContain('[End]');
      expect(user?.content).not.toMatch(/^\[(Better Answer|End)\]/m);
      expect(user?.content).not.toContain('{{');
    }
  });
});
