import { createHash } from 'node:crypto';
import { parse as parseYaml } from 'yaml';
import { shorten, UserError } from '../errors.js';
import { describeIssues } from '../zod-issues.js';
import { type Prompt, promptSettingsSchema, type TemplatePart } from './prompt.js';
import { PLACEHOLDERS, type Placeholder, type PromptKind, SECTIONS, type Section } from './prompt-kind.js';

/**
 * Reads a prompt file: YAML front matter, then the sections `# System` (optional), `# User` and
 * `# User with input`. Only these three heading lines divide the file; any other heading is wording.
 *
 * @param text the file's content
 * @param where the file's name, for errors
 * @param kind what the prompt has to be for
 * @throws UserError with code `prompt` when anything is missing, unknown or of the wrong type
 */
export function parsePrompt(text: string, where: string): Prompt;
export function parsePrompt<Kind extends PromptKind>(text: string, where: string, kind: Kind): Prompt<Kind>;
export function parsePrompt(text: string, where: string, kind: PromptKind = 'refine'): Prompt<PromptKind> {
  const prompt = parseAnyPrompt(text, where);
  if (prompt.settings.kind === kind) return prompt;
  throw new UserError('prompt', 'The prompt is for something else.', {
    where,
    expected: `kind: ${kind}`,
    found: `kind: ${prompt.settings.kind}`,
  });
}

/** The same for a prompt of any kind. */
export function parseAnyPrompt(text: string, where: string): Prompt<PromptKind> {
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
  const settings = readSettings(frontMatter, where);
  const parse = (wording: string, section: Section): TemplatePart<PromptKind>[] =>
    parseTemplate(wording, section, PLACEHOLDERS[settings.kind][section], where);
  const system = sections.get('System');
  if (system !== undefined) parse(system, 'System');
  return {
    settings,
    system: system ?? null,
    user: parse(user, 'User'),
    userWithInput: parse(userWithInput, 'User with input'),
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

function readSettings(frontMatter: string, where: string): Prompt<PromptKind>['settings'] {
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
    expected:
      'name, version, kind (refine, repair or judge), reply (better-answer or plain), temperature, max_output_tokens',
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
  placeholders: readonly Placeholder[],
  where: string,
): TemplatePart<PromptKind>[] {
  const parts: TemplatePart<PromptKind>[] = [];
  const seen = new Set<Placeholder>();
  let last = 0;
  for (const match of text.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const name = (match[1] ?? '').trim();
    const placeholder = placeholders.find((known) => known === name);
    if (placeholder === undefined) {
      throw new UserError('prompt', `The placeholder ${match[0]} cannot stand in "# ${section}".`, {
        where,
        expected: placeholders.map((known) => `{{${known}}}`).join(', ') || 'no placeholder in this section',
        found: match[0],
      });
    }
    parts.push(text.slice(last, match.index), { placeholder });
    seen.add(placeholder);
    last = match.index + match[0].length;
  }
  const missing = placeholders.filter((placeholder) => !seen.has(placeholder));
  if (missing.length > 0) {
    throw new UserError(
      'prompt',
      `The section "# ${section}" lacks ${missing.map((name) => `{{${name}}}`).join(', ')}.`,
      {
        where,
        expected: placeholders.map((name) => `{{${name}}}`).join(', '),
        hint: 'Without it the model would never see that part of the example.',
      },
    );
  }
  return [...parts, text.slice(last)];
}
