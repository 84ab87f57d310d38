import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import { shorten, UserError } from '../errors.js';
import { describeIssues } from '../zod-issues.js';
import {
  PLACEHOLDERS,
  type Placeholder,
  type Prompt,
  promptSettingsSchema,
  REFINEMENT,
  type TemplatePart,
} from './prompt.js';

const SECTIONS = ['System', 'User', 'User with input'] as const;
type Section = (typeof SECTIONS)[number];

/**
 * Reads a prompt file: YAML front matter, then the sections `# System` (optional), `# User` and
 * `# User with input`. Only these three heading lines divide the file; any other heading is wording.
 *
 * @param text the file's content
 * @param where the file's name, for errors
 * @param wanted the placeholders that both wordings must have, the one with input `{{input}}` as well; no others may stand
 *   there, and none in the system message
 * @throws UserError with code `prompt` when anything is missing, unknown or of the wrong type
 */
export function parsePrompt(text: string, where: string): Prompt;
export function parsePrompt<Wanted extends Placeholder>(
  text: string,
  where: string,
  wanted: readonly Wanted[],
): Prompt<Wanted>;
export function parsePrompt(
  text: string,
  where: string,
  wanted: readonly Placeholder[] = REFINEMENT,
): Prompt<Placeholder> {
  const { frontMatter, body } = splitFrontMatter(text, where);
  const sections = splitSections(body, where);
  const user = sections.get('User');
  const userWithInput = sections.get('User with input');
  if (user === undefined || userWithInput === undefined) {
    throw new UserError(
      'prompt',
      `The prompt has no section "${user === undefined ? 'User' : 'User with input'}".`,
      {
        where,
        expected: 'the heading lines "# User" and "# User with input", each followed by its wording',
        found: [...sections.keys()].map((name) => `# ${name}`).join(', ') || 'no section heading',
        hint: 'prompts/introspect.md in the package is a complete example.',
      },
    );
  }
  const wantedWithInput = PLACEHOLDERS.filter((name) => name === 'input' || wanted.includes(name));
  const system = sections.get('System');
  if (system !== undefined) parseTemplate(system, 'System', [], where);
  return {
    settings: readSettings(frontMatter, where),
    system: system ?? null,
    user: parseTemplate(user, 'User', wanted, where),
    userWithInput: parseTemplate(userWithInput, 'User with input', wantedWithInput, where),
    text,
    hash: createHash('sha256').update(text).digest('hex'),
  };
}

function splitFrontMatter(text: string, where: string): { frontMatter: string; body: string } {
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (match?.[1] === undefined) {
    throw new UserError('prompt', 'The prompt file has no front matter.', {
      where,
      expected: 'a first line "---", YAML settings, and a line "---"',
      found: shorten(text.slice(0, 200).split('\n')[0] ?? ''),
      hint: 'prompts/introspect.md in the package is a complete example.',
    });
  }
  return { frontMatter: match[1], body: text.slice(match[0].length) };
}

function readSettings(frontMatter: string, where: string): Prompt['settings'] {
  let data: unknown;
  try {
    data = parseYaml(frontMatter);
  } catch (error) {
    throw new UserError('prompt', 'The front matter is not valid YAML.', {
      where,
      found: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
    });
  }
  const settings = promptSettingsSchema.safeParse(data);
  if (settings.success) return settings.data;
  throw new UserError('prompt', 'The front matter is not as it should be.', {
    where,
    expected: 'name, version, reply (better-answer or plain), temperature, max_output_tokens',
    found: describeIssues(settings.error),
  });
}

function splitSections(body: string, where: string): Map<Section, string> {
  const sections = new Map<Section, string>();
  const headings = [...body.matchAll(/^# (System|User|User with input)[ \t]*\r?$/gm)];
  const before = body.slice(0, headings[0]?.index ?? body.length).trim();
  if (before !== '') {
    throw new UserError('prompt', 'There is text before the first section of the prompt.', {
      where,
      expected: `one of ${SECTIONS.map((name) => `"# ${name}"`).join(', ')}`,
      found: shorten(before),
    });
  }
  for (const [index, heading] of headings.entries()) {
    const name = heading[1] as Section;
    const text = body.slice(heading.index + heading[0].length, headings[index + 1]?.index).trim();
    if (sections.has(name) || text === '') {
      throw new UserError('prompt', `The section "# ${name}" ${text === '' ? 'is empty' : 'stands twice'}.`, {
        where,
      });
    }
    sections.set(name, text);
  }
  return sections;
}

function parseTemplate(
  text: string,
  section: Section,
  wanted: readonly Placeholder[],
  where: string,
): TemplatePart<Placeholder>[] {
  const parts: TemplatePart<Placeholder>[] = [];
  const seen = new Set<Placeholder>();
  let last = 0;
  for (const match of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const name = (match[1] ?? '').trim();
    const placeholder = PLACEHOLDERS.find((known) => known === name);
    if (placeholder === undefined || !wanted.includes(placeholder)) {
      throw new UserError('prompt', `The placeholder ${match[0]} cannot stand in "# ${section}".`, {
        where,
        expected: wanted.map((known) => `{{${known}}}`).join(', ') || 'no placeholder in this section',
        found: match[0],
      });
    }
    parts.push(text.slice(last, match.index), { placeholder });
    seen.add(placeholder);
    last = match.index + match[0].length;
  }
  const missing = wanted.filter((placeholder) => !seen.has(placeholder));
  if (missing.length > 0) {
    throw new UserError(
      'prompt',
      `The section "# ${section}" lacks ${missing.map((name) => `{{${name}}}`).join(', ')}.`,
      {
        where,
        expected: wanted.map((name) => `{{${name}}}`).join(', '),
        hint: 'Without it the model would never see that part of the example.',
      },
    );
  }
  return [...parts, text.slice(last)];
}
