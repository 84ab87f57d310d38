import { z } from 'zod';
import { type CheckStamp, SEVERITIES, type Verdict } from '../checks/index.js';

/** A checks file as a run remembers it. */
export const checksFileSchema = z.object({
  /** Absolute. */
  path: z.string(),
  /** Of the file's bytes, in hex. */
  sha256: z.string(),
});

const stampSchema: z.ZodType<CheckStamp> = z.object({
  id: z.string(),
  version: z.int().positive(),
  severity: z.enum(SEVERITIES),
  thresholds: z.record(z.string(), z.number()),
});

/** What the last completed check of a run said, and what it was done with. */
export const snapshotSchema = z.object({
  at: z.iso.datetime(),
  /** Version of Burnish: another one may read a reply otherwise. */
  burnish: z.string(),
  checks: z.array(stampSchema),
  checksFile: checksFileSchema.nullable(),
  /** For each line of `attempts.jsonl`, in order, a sign: `.` pass, `?` flag, `!` fail, `-` nothing to check. */
  verdicts: z.string().regex(/^[.?!-]*$/),
});

export type StoredChecksFile = z.infer<typeof checksFileSchema>;
export type Snapshot = z.infer<typeof snapshotSchema>;

const SIGNS: Readonly<Record<Verdict, string>> = { pass: '.', flag: '?', fail: '!' };
const VERDICT_OF_SIGN: Readonly<Record<string, Verdict>> = { '.': 'pass', '?': 'flag', '!': 'fail' };

/** The sign of a verdict, or of there being none. */
export function signOf(verdict: Verdict | undefined): string {
  return verdict === undefined ? '-' : SIGNS[verdict];
}

/** What a snapshot says of the attempt in that place; undefined when it says nothing. */
export function rememberedVerdict({ verdicts }: Snapshot, place: number): Verdict | undefined {
  return VERDICT_OF_SIGN[verdicts[place] ?? '-'];
}
