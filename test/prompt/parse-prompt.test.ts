import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parsePrompt } from '../../src/prompt/parse-prompt.js';
import { renderPrompt } from '../../src/prompt/render-prompt.js';
import { PROMPT_TEXT } from '../support/run-parts.js';

const FRONT = '---\nname: a\nversion: 1\nreply: plain\nmax_output_tokens: 9\n---\n';
const USER = '# User\n{{instruction}} {{response}}\n';
const WITH_INPUT = '# User with input\n{{instruction}} {{input}} {{response}}\n';
const WHOLE = FRONT + USER + WITH_INPUT;

const example = { instruction: 'Name a tree.', input: '', response: 'Oak.' };
const wording = (text: string, given = example) =>
  renderPrompt(parsePrompt(text, 'p.md'), given).at(-1)?.content;

describe('a prompt that compares', () => {
  const judge = WHOLE.replace('version', 'kind: judge\nversion');
  const compared = judge.replaceAll('{{response}}', '{{first}} or {{second}}');

  test('has the two texts filled in where they are wanted', () => {
    const prompt = parsePrompt(compared, 'p.md', 'judge');
    const texts = { instruction: 'Name a tree.', input: '', first: 'Oak.', second: 'Ash.' };
    expect(renderPrompt(prompt, texts).at(-1)?.content).toBe('Name a tree. Oak. or Ash.');
    expect(renderPrompt(prompt, { ...texts, input: 'Green.' }).at(-1)?.content).toBe(
      'Name a tree. Green. Oak. or Ash.',
    );
  });

  test.each([
    ['one text is missing', compared.replace(' or {{second}}', ''), '"# User" lacks {{second}}'],
    ['there is one text only', judge, '{{response}} cannot stand in "# User"'],
  ])('is refused when %s', (_, text, message) => {
    expect(() => parsePrompt(text, 'p.md', 'judge')).toThrow(message);
  });
});

describe('a prompt file', () => {
  test('gives its settings, its sections without outer blanks, and its hash', () => {
    const prompt = parsePrompt(PROMPT_TEXT, 'sample.md');
    expect(prompt.settings).toEqual({
      name: 'sample',
      kind: 'refine',
      version: 3,
      reply: 'better-answer',
      temperature: 0.5,
      max_output_tokens: 64,
    });
    expect(prompt.system).toBe('Improve.');
    expect(prompt.user).toEqual([
      'I: ',
      { placeholder: 'instruction' },
      ' R: ',
      { placeholder: 'response' },
      '',
    ]);
    expect(prompt.text).toBe(PROMPT_TEXT);
    expect(prompt.hash).toBe(createHash('sha256').update(PROMPT_TEXT).digest('hex'));
  });

  test('needs no system message, and samples at temperature 0 unless it says otherwise', () => {
    const prompt = parsePrompt(WHOLE, 'p.md');
    expect(prompt.system).toBeNull();
    expect(prompt.settings).toMatchObject({ reply: 'plain', temperature: 0 });
  });

  test('is known by every byte of its text', () => {
    expect(parsePrompt(`${WHOLE}\n`, 'p.md').hash).not.toBe(parsePrompt(WHOLE, 'p.md').hash);
  });

  test.each([
    ['Windows line ends', WHOLE.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${WHOLE}`],
    [
      'blanks behind headings and rules',
      WHOLE.replaceAll(/^(# .*|---)$/gm, '$1  ').replace(/^--- {2}/, '---'),
    ],
    ['no line break at the end', WHOLE.trimEnd()],
    ['the sections in another order', FRONT + WITH_INPUT + USER],
    ['blanks within the braces', WHOLE.replaceAll('{{', '{{ ').replaceAll('}}', '\t}}')],
  ])('may have %s', (_, text) => {
    expect(wording(text)).toBe('Name a tree. Oak.');
    expect(wording(text, { ...example, input: 'in' })).toBe('Name a tree. in Oak.');
  });

  test('may hold headings of its own, and rules, in its wording', () => {
    const text = `${FRONT}${USER}# Userland\n## User\n# user\n---\nx # User\n${WITH_INPUT}`;
    expect(wording(text)).toBe('Name a tree. Oak.\n# Userland\n## User\n# user\n---\nx # User');
  });

  test('may use a placeholder twice, and single braces as text', () => {
    const text = FRONT + USER.replace('{{response}}', '{{response}} {x} {} }} {{response}}') + WITH_INPUT;
    expect(wording(text)).toBe('Name a tree. Oak. {x} {} }} Oak.');
  });
});

describe('a prompt for repairs', () => {
  const repair = `${FRONT.replace('version', 'kind: repair\nversion')}# User
{{instruction}} {{response}} {{candidate}} {{findings}}
# User with input
{{instruction}} {{input}} {{response}} {{candidate}} {{findings}}
`;

  test('has the failed candidate and its findings filled in as well', () => {
    const texts = { ...example, candidate: 'Granite.', findings: '- No tree.' };
    const [message] = renderPrompt(parsePrompt(repair, 'p.md', 'repair'), texts);
    expect(message?.content).toBe('Name a tree. Oak. Granite. - No tree.');
  });

  test.each([
    ['findings', repair.replace(' {{findings}}', ''), '"# User" lacks {{findings}}'],
    ['the candidate', repair.replaceAll(' {{candidate}}', ''), 'lacks {{candidate}}'],
  ])('is refused without %s', (_, text, message) => {
    expect(() => parsePrompt(text, 'p.md', 'repair')).toThrow(message);
  });

  test.each(['candidate', 'findings', 'first'])('no other prompt may have {{%s}}', (name) => {
    const text = WHOLE.replace('{{input}}', `{{input}} {{${name}}}`);
    expect(() => parsePrompt(text, 'p.md')).toThrow(`{{${name}}} cannot stand in "# User with input"`);
  });
});

test.each([
  ['repair', WHOLE],
  ['judge', WHOLE],
] as const)('a prompt file for something else than %s is refused', (kind, text) => {
  expect(() => parsePrompt(text, 'p.md', kind)).toThrow('for something else');
});

describe('a prompt file is refused', () => {
  const front = (yaml: string) => `---\n${yaml}\n---\n${USER}${WITH_INPUT}`;
  const settings = (change: string) =>
    front(`name: a\nversion: 1\nreply: plain\nmax_output_tokens: 9\n${change}`);

  test.each([
    ['an empty file', '', 'no front matter'],
    ['no front matter', USER + WITH_INPUT, 'no front matter'],
    ['a blank line before it', `\n${WHOLE}`, 'no front matter'],
    ['front matter without an end', WHOLE.replace('9\n---\n', '9\n'), 'no front matter'],
    ['broken YAML', front('name: [a'), 'not valid YAML'],
    ['the same key twice', settings('name: b'), 'not valid YAML'],
    ['front matter that is no mapping', front('- a'), 'not as it should be'],
    ['an unknown setting', settings('top_p: 1'), 'not as it should be', 'top_p'],
    ['a missing setting', front('version: 1\nreply: plain\nmax_output_tokens: 9'), 'not as', 'name'],
    ['a name with blanks', settings('').replace('name: a', 'name: A b'), 'not as', 'lower-case'],
    ['a version below 1', settings('').replace('version: 1', 'version: 0'), 'not as', 'version'],
    [
      'a version that is no whole number',
      settings('').replace('version: 1', 'version: 1.5'),
      'not as',
      'version',
    ],
    ['an unknown kind', settings('kind: judge it'), 'not as', 'kind'],
    ['an unknown reply format', settings('').replace('plain', 'json'), 'not as', 'better-answer'],
    ['a temperature above 2', settings('temperature: 2.1'), 'not as', 'temperature'],
    ['a negative temperature', settings('temperature: -0.1'), 'not as', 'temperature'],
    ['a temperature in quotes', settings('temperature: "1"'), 'not as', 'temperature'],
    ['no tokens', settings('').replace('tokens: 9', 'tokens: 0'), 'not as', 'max_output_tokens'],
    ['no sections', FRONT, 'no section "User"', 'no section heading'],
    ['no # User', FRONT + WITH_INPUT, 'no section "User"', '# User with input'],
    ['no # User with input', FRONT + USER, 'no section "User with input"', '# User'],
    [
      'text before the first section',
      `${FRONT}Hello.\n${USER}${WITH_INPUT}`,
      'text before the first',
      'Hello.',
    ],
    [
      'an unknown heading first',
      `${FRONT}# Users\nx\n${USER}${WITH_INPUT}`,
      'text before the first',
      '# Users',
    ],
    ['a section twice', WHOLE + USER, '"# User" stands twice'],
    ['an empty section', `${FRONT}# System\n\n${USER}${WITH_INPUT}`, '"# System" is empty'],
    ['an empty last section', `${FRONT}${USER}# User with input`, '"# User with input" is empty'],
    ['an unknown placeholder', WHOLE.replace('{{input}}', '{{input}} {{output}}'), '{{output}} cannot stand'],
    [
      'a placeholder in another case',
      WHOLE.replace('{{input}}', '{{input}} {{Input}}'),
      '{{Input}} cannot stand',
    ],
    ['an empty placeholder', WHOLE.replace('{{input}}', '{{input}} {{}}'), '{{}} cannot stand'],
    [
      '{{input}} in # User',
      WHOLE.replace('# User\n', '# User\n{{input}} '),
      '{{input}} cannot stand in "# User"',
    ],
    [
      'a placeholder in # System',
      `${FRONT}# System\nSee {{instruction}}.\n${USER}${WITH_INPUT}`,
      '{{instruction}} cannot stand in "# System"',
    ],
    ['# User without {{response}}', WHOLE.replace(' {{response}}', ''), '"# User" lacks {{response}}'],
    [
      '# User without {{instruction}}',
      FRONT + USER.replace('{{instruction}}', '') + WITH_INPUT,
      'lacks {{instruction}}',
    ],
    [
      '# User with input without {{input}}',
      WHOLE.replace('{{input}}', ''),
      '"# User with input" lacks {{input}}',
    ],
    [
      'several placeholders missing',
      `${FRONT}${USER}# User with input\nHello.\n`,
      'lacks {{instruction}}, {{input}}, {{response}}',
    ],
  ])('for %s', (_, text, message, found = '') => {
    let thrown: unknown;
    try {
      parsePrompt(text, 'p.md');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      name: 'UserError',
      code: 'prompt',
      message: expect.stringContaining(message),
      facts: { where: 'p.md' },
    });
    expect((thrown as { facts: { found?: string } }).facts.found ?? '').toContain(found);
    expect((thrown as { facts: { found?: string } }).facts.found ?? '').not.toContain('\n');
  });
});
