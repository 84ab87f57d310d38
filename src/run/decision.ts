import { z } from 'zod';
import type { LineFormat } from './read-lines.js';

/** Version of the line format of `decisions.jsonl`; see docs/formats.md. */
export const DECISION_VERSION = 1;

const common = { v: z.literal(DECISION_VERSION), example: z.string(), at: z.iso.datetime() };

/** A person's word on an example: one line of `decisions.jsonl`. */
const decisionSchema = z.discriminatedUnion('action', [
  z.object({ ...common, action: z.literal('accept'), attempt: z.int().positive() }),
  z.object({ ...common, action: z.literal('reject') }),
  z.object({ ...common, action: z.literal('edit'), text: z.string() }),
  z.object({ ...common, action: z.literal('undo') }),
]);

export type DecisionLine = z.infer<typeof decisionSchema>;
/** A decision in force; an `undo` takes the latest one back and is none itself. */
export type Decision = Exclude<DecisionLine, { action: 'undo' }>;

/** The format of `decisions.jsonl`. */
export const DECISION_FORMAT: LineFormat<DecisionLine> = {
  schema: decisionSchema,
  version: DECISION_VERSION,
  parse: JSON.parse,
};

/** The decision in force for each example: its latest one that was not undone. */
export function decisionsInForce(lines: Iterable<DecisionLine>): Map<string, Decision> {
  const stacks = new Map<string, Decision[]>();
  for (const line of lines) {
    const stack = stacks.get(line.example) ?? [];
    stacks.set(line.example, stack);
    if (line.action === 'undo') stack.pop();
    else stack.push(line);
  }
  const inForce = new Map<string, Decision>();
  for (const [example, stack] of stacks) {
    const latest = stack.at(-1);
    if (latest !== undefined) inForce.set(example, latest);
  }
  return inForce;
}
