import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { shorten, UserError } from '../../src/errors.ts';
import { describeIssues } from '../../src/zod-issues.ts';

/** What a reader says of a refined response: to be thrown out or repaired, usable with a blemish, or fine. */
export const GRADES = ['bad', 'minor', 'ok'] as const;
export type Grade = (typeof GRADES)[number];

/** A row that was read and labelled. */
export interface LabelledRow {
  readonly id: string;
  readonly grade: Grade;
  /** The faults that the reader named. */
  readonly labels: readonly string[];
  /** Drawn at random, not picked because it looked suspicious. */
  readonly isRandom: boolean;
  /** What another reader said; null where nobody else read the row. */
  readonly secondGrade: Grade | null;
}

const grade = z.enum(GRADES);
const fileSchema = z.array(
  z.object({
    id: z.union([z.string(), z.int().transform(String)]),
    severity: grade,
    labels: z.array(z.string().regex(/^\w+$/, 'A label is letters, digits and underscores')),
    random_sample: z.boolean().default(false),
    second: grade.nullish(),
  }),
);

const EXPECTED =
  '[{"id": "7", "severity": "bad" | "minor" | "ok", "labels": ["form_lost"], "random_sample": true, "second": "bad"}]';

/**
 * Reads a file of labels: a JSON array, one object a row.
 *
 * @throws UserError `dataset` when it is no such file, names a row twice, or names none
 */
export function readLabels(path: string): LabelledRow[] {
  const parsed = fileSchema.safeParse(parseJson(path));
  if (!parsed.success) throw unfit(path, describeIssues(parsed.error));
  if (parsed.data.length === 0) throw unfit(path, 'no rows');
  const ids = new Set<string>();
  for (const { id } of parsed.data) {
    if (ids.has(id)) throw unfit(path, `two rows with the id ${shorten(id)}`);
    ids.add(id);
  }
  return parsed.data.map(({ id, severity, labels, random_sample, second }) => ({
    ...{ id, grade: severity, labels: [...new Set(labels)] },
    ...{ isRandom: random_sample, secondGrade: second ?? null },
  }));
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw unfit(path, error instanceof Error ? error.message : String(error), error);
  }
}

function unfit(where: string, found: string, cause?: unknown): UserError {
  const facts = { where, expected: EXPECTED, found };
  return new UserError('dataset', 'The file of labels is not as it should be.', facts, { cause });
}
