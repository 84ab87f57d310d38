import type { Finding } from '../checks/index.js';
import { inOrderOfSeverity } from './check-lines.js';
import { type DiffLayout, diffText, wrapText } from './diff-text.js';
import { widthOf } from './fit-width.js';
import { visible } from './visible.js';

/** A request as it is shown. */
export interface ShownRequest {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** Why it may not have been sent in these very words; null when it was. */
  readonly doubt: string | null;
}

/** One example to be shown whole. What is null or empty is left out. */
export interface ShownExample {
  readonly id: string;
  /** What became of it and how much changed, in a few words each. */
  readonly facts: readonly string[];
  readonly instruction: string;
  readonly input: string;
  readonly original: string;
  /** null when there is no refined response. */
  readonly refined: string | null;
  /** What the checks say of the refined response; spans are in it. */
  readonly findings: readonly Finding[];
  /** All requests that were sent for it, one line in all. */
  readonly attempts: string;
  readonly reason: string | null;
  /** The reply as it came, when there is no refined response. */
  readonly reply: string | null;
  readonly critique: string | null;
  readonly request: ShownRequest | null;
}

/** One example in lines that fit the screen: what was asked, what the checks say, and the difference. */
export function exampleText(example: ShownExample, layout: DiffLayout): string {
  const { marks, columns } = layout;
  const { original, refined, request } = example;
  const findings = inOrderOfSeverity(example.findings);
  const section = (name: string, text: string): string => {
    const inline = `${marks.title(`${name}:`)} ${text}`;
    // Short ones beside their names, any others below.
    return text.includes('\n') || name.length + 2 + widthOf(text) > columns
      ? `${marks.title(`${name}:`)}\n${wrapText(text, columns)}\n`
      : inline;
  };
  const given = (name: string, text: string | null): string[] =>
    text === null || text === '' ? [] : [section(name, visible(text.toWellFormed(), true))];
  const facts = example.facts.length === 0 ? '' : ` (${example.facts.join(', ')})`;
  const lines = [
    wrapText(`${marks.title(`example: ${visible(example.id)}`)}${visible(facts)}`, columns),
    ...given('attempts', example.attempts),
    ...given('instruction', example.instruction),
    ...given('input', example.input),
    ...given('reason', example.reason),
    ...findings.map(({ check, severity, message }, index) =>
      wrapText(`${marks.number(index + 1)} ${severity}: ${visible(`${check}: ${message}`)}`, columns),
    ),
    ...given('critique', example.critique),
    ...(request === null ? [] : requestText(request, layout)),
    ...(refined === null
      ? given('original', original)
      : [`${marks.title('difference:')}\n${diffText(original, refined, findings, layout)}`]),
    ...given('reply', example.reply),
  ];
  return lines.join('\n');
}

function requestText({ messages, doubt }: ShownRequest, { marks, columns }: DiffLayout): string[] {
  return [
    ...(doubt === null ? [] : [wrapText(`note: ${visible(doubt)}`, columns)]),
    ...messages.map(({ role, content }) => {
      const title = wrapText(marks.title(`request, ${visible(role)}:`), columns);
      return `${title}\n${wrapText(visible(content.toWellFormed(), true), columns)}\n`;
    }),
  ];
}
