import { z } from 'zod';
import { UserError } from '../../errors.js';
import { describeIssues } from '../../zod-issues.js';
import type { CandidateCheck, ReplyCheck } from '../check.js';
import { SEVERITIES } from '../severity.js';
import type { CheckSettings } from '../suite.js';

/** A check that a user may add. */
export type OwnCheck = ReplyCheck | CandidateCheck;

/**
 * What a checks file holds: settings, and in a module, as its default export, checks as well.
 *
 * @example
 * export default {
 *   severity: { form_changed: 'flag', elided: 'off' },
 *   thresholds: { near_copy: { likeness: 0.9 } },
 *   checks: [tooShort],
 * } satisfies ChecksFile;
 */
export interface ChecksFile extends CheckSettings {
  /** Further checks; their ids must not be those of the catalogue. */
  readonly checks?: readonly OwnCheck[];
}

const id = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, 'not in snake_case');
const sentence = z.string().trim().min(1);

const settings = {
  severity: z.record(z.string(), z.enum([...SEVERITIES, 'off'])).exactOptional(),
  thresholds: z.record(z.string(), z.record(z.string(), z.number())).exactOptional(),
};

const checkSchema = z.strictObject({
  id,
  version: z.int().positive(),
  severity: z.enum(SEVERITIES),
  description: sentence,
  reads: z.enum(['reply', 'candidate']),
  thresholds: z
    .record(z.string(), z.strictObject({ default: z.number(), description: sentence }))
    .exactOptional(),
  find: z.custom((value) => typeof value === 'function', 'not a function'),
});

const settingsFileSchema = z.strictObject(settings);
const moduleSchema = z.strictObject({ ...settings, checks: z.array(checkSchema).exactOptional() });

const EXPECTED =
  '{"severity": {"CHECK": "fail", "flag", "note" or "off"}, "thresholds": {"CHECK": {"NAME": 0.5}}}';

/**
 * Checks what a JSON or YAML file holds.
 *
 * @param where the file, for errors
 * @throws UserError `config`
 */
export function parseSettings(data: unknown, where: string): ChecksFile {
  const parsed = settingsFileSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const holdsChecks = typeof data === 'object' && data !== null && 'checks' in data;
  throw new UserError('config', 'The checks file is not as it should be.', {
    where,
    expected: EXPECTED,
    found: describeIssues(parsed.error),
    ...(holdsChecks && {
      hint: 'Checks are code: put them into a module (.mjs), which can hold the settings too.',
    }),
  });
}

/**
 * Checks the default export of a module.
 *
 * @param where the file, for errors
 * @throws UserError `config`
 */
export function parseExport(value: unknown, where: string): ChecksFile {
  const parsed = moduleSchema.safeParse(value);
  // The very objects that the module made: their functions may call upon the rest of them.
  if (parsed.success) return value as ChecksFile;
  throw new UserError('config', "The checks file's default export is not as it should be.", {
    where,
    expected: '{ severity, thresholds, checks: [{ id, version, severity, description, reads, find }] }',
    found: describeIssues(parsed.error),
    hint: 'docs/checks.md has a complete example.',
  });
}
