import { inspect } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../errors.js';
import { describeIssues } from '../../zod-issues.js';
import type { CandidateSubject, CheckSubject, Observation, ThresholdValues } from '../check.js';
import { SEVERITIES } from '../severity.js';
import type { OwnCheck } from './checks-file.js';

const offset = z.int().nonnegative();

const observationsSchema = z.array(
  z.object({
    message: z.string().refine((text) => text.trim() !== '', 'blank'),
    start: offset.optional(),
    end: offset.optional(),
    severity: z.enum(SEVERITIES).optional(),
  }),
);

/**
 * A check that somebody else wrote, made safe to run: when it throws, or returns what is no list of observations, the
 * person is told which check it was, and at which example. What it is given it cannot change: the same objects are
 * written into the training set.
 *
 * @param where the file that it comes from, for errors
 */
export function guardCheck(check: OwnCheck, where: string): OwnCheck {
  const find = (subject: CandidateSubject, thresholds: ThresholdValues): readonly Observation[] => {
    const told = `${where}, check ${check.id}, example ${subject.example.id}`;
    let found: unknown;
    freeze(subject);
    try {
      found = check.find(subject, thresholds);
    } catch (cause) {
      throw new UserError(
        'config',
        `The check ${check.id} failed.`,
        { where: told, found: describeThrown(cause, where), hint: HINT },
        { cause },
      );
    }
    const fault = faultOf(found, subject);
    if (fault === null) return found as readonly Observation[];
    throw new UserError('config', `The check ${check.id} returned what is no list of observations.`, {
      where: told,
      expected:
        'an array of { message, start?, end?, severity? }, with both offsets within the refined response or none',
      found: fault,
      hint: HINT,
    });
  };
  const { id, version, severity, description, thresholds, reads } = check;
  return { id, version, severity, description, ...(thresholds && { thresholds }), reads, find } as OwnCheck;
}

const HINT = 'Mend the check, then run the command again. Replies that were paid for are saved.';

/** Freezes plain data all the way down; of a view, which has only methods, nothing but the surface. */
function freeze(data: unknown): void {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return;
  Object.freeze(data);
  for (const value of Object.values(data)) freeze(value);
}

/** The first thing wrong with what a check returned; null when nothing is. */
function faultOf(found: unknown, { parsed }: CheckSubject): string | null {
  const observations = observationsSchema.safeParse(found);
  if (!observations.success) return describeIssues(observations.error);
  const length = parsed.candidate?.length ?? 0;
  for (const { start, end } of observations.data) {
    if (start === undefined && end === undefined) continue;
    if (parsed.candidate === null) return 'a span, though there is no refined response';
    if (start === undefined || end === undefined || start > end || end > length) {
      return `a span from ${start} to ${end}, in a text of ${length} UTF-16 units`;
    }
  }
  return null;
}

/** What was thrown, in one line, and in which line of the file as far as that can be known. */
export function describeThrown(thrown: unknown, path: string): string {
  if (!(thrown instanceof Error)) return inspect(thrown, { breakLength: Number.POSITIVE_INFINITY });
  const text = `${thrown.name}: ${thrown.message.split('\n', 1)[0]}`;
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const place = thrown.stack?.split('\n').find((line) => /^ +at /.test(line) && line.includes(name));
  const line = /:(\d+):\d+\)?$/.exec(place ?? '')?.[1];
  return line === undefined ? text : `${text} (line ${line})`;
}
