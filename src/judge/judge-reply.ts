import { z } from 'zod';
import { readReasoning } from '../reasoning.js';
import { describeIssues } from '../zod-issues.js';
import { jsonObjectsIn } from './embedded-json.js';

const words = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
const evidence = { quote: words, why: words };

/** Models write `null` for an empty list, or leave it out. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
}

const TIES = new Set(['NEITHER', 'TIE', 'SAME', 'EQUAL', 'BOTH', 'NONE']);

/** `A`, `B` or `NEITHER`, in whatever way a model writes that. */
function readName(text: string): string {
  const name = text
    .trim()
    .toUpperCase()
    .replace(/^TEXT[ _]?/, '');
  return TIES.has(name) ? 'NEITHER' : name;
}

const textSchema = z.object({
  /** Whether the text is the thing that the instruction asks for. */
  artefact: z.object({ present: z.union([z.boolean(), z.stringbool()]), ...evidence }),
  /** What of the other text it lacks, quoted from the other. */
  missing: listOf(z.object(evidence)),
  /** What nothing supports, quoted from itself. */
  invented: listOf(z.object(evidence)),
  /** What it breaks, quoted from the instruction, and by what, quoted from itself if a passage shows it. */
  broken: listOf(z.object({ constraint: words, ...evidence })),
});

/** What the judge is asked to write about the texts A and B. */
const judgeReplySchema = z.object({
  A: textSchema,
  B: textSchema,
  better: z.object({
    text: z
      .string()
      .transform(readName)
      .pipe(z.enum(['A', 'B', 'NEITHER'])),
    ...evidence,
  }),
});

export type JudgeReply = z.infer<typeof judgeReplySchema>;
/** What it says of one of the texts. */
export type TextJudgement = JudgeReply['A'];

/** A raw answer of the judge, read; or why it cannot be. */
export type ReadJudgeReply = { readonly reply: JudgeReply } | { readonly fault: string };

/**
 * Reads the judge's answer out of whatever stands around it: reasoning, prose, a code block. The last object of the right
 * form counts.
 */
export function readJudgeReply(raw: string): ReadJudgeReply {
  const { from, closed } = readReasoning(raw, 'plain');
  if (!closed) return { fault: 'its reasoning never ends' };
  const objects = jsonObjectsIn(raw.slice(from));
  let fault = 'it holds no JSON object';
  for (const object of objects.toReversed()) {
    const read = judgeReplySchema.safeParse(object);
    if (read.success) return { reply: read.data };
    fault = `it is not of the form that was asked for: ${describeIssues(read.error)}`;
  }
  return { fault };
}
