import { CHECKS } from './catalog.js';
import type { Check, CheckSubject, Finding, Observation } from './check.js';

/** Runs the checks in their order and returns what they find, in that order. */
export function runChecks(subject: CheckSubject, checks: readonly Check[] = CHECKS): Finding[] {
  return checks.flatMap((check) =>
    observe(check, subject).map(({ message, start = null, end = null, severity = check.severity }) => ({
      check: check.id,
      severity,
      message,
      start,
      end,
    })),
  );
}

function observe(check: Check, subject: CheckSubject): readonly Observation[] {
  if (check.reads === 'reply') return check.find(subject);
  const { candidate } = subject.parsed;
  return candidate === null ? [] : check.find({ ...subject, candidate });
}
