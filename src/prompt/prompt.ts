import { z } from 'zod';
import { REPLY_FORMATS } from '../parse.js';
import { type Placeholder, PROMPT_KINDS, type PromptKind } from './prompt-kind.js';

/** The front matter of a prompt file. */
export const promptSettingsSchema = z.strictObject({
  /** Short name, shown in the run. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  /** What it is for, and with it which placeholders it has. */
  kind: z.enum(PROMPT_KINDS).default('refine'),
  /** Raised by its author at every change of wording. */
  version: z.int().min(1),
  /** How a reply is to be read; see `parseReply`. */
  reply: z.enum(REPLY_FORMATS),
  /** Sampling temperature, unless the command line gives another. */
  temperature: z.number().min(0).max(2).default(0),
  /** The most tokens a completion may have, unless the command line gives another number. */
  max_output_tokens: z.int().min(1),
});

/** What one wording of the user message consists of: text and placeholders in turn. */
export type TemplatePart<Kind extends PromptKind> = string | { readonly placeholder: Placeholder<Kind> };

/** A prompt file, read and checked. */
export interface Prompt<Kind extends PromptKind = 'refine'> {
  readonly settings: z.infer<typeof promptSettingsSchema> & { readonly kind: Kind };
  /** Sent as the system message; null when the file has none. */
  readonly system: string | null;
  /** The user message for an example without an input. */
  readonly user: readonly TemplatePart<Kind>[];
  /** The user message for an example with an input. */
  readonly userWithInput: readonly TemplatePart<Kind>[];
  /** The file, whole. */
  readonly text: string;
  /** SHA-256 of `text`, in hex: what a prompt is known by. */
  readonly hash: string;
}
