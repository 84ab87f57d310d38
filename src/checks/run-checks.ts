import { viewText } from '../text/text-view.js';
import type { CandidateSubject, CheckSubject, Finding, Observation } from './check.js';
import { type Severity, worseThan } from './severity.js';
import { type CheckSuite, DEFAULT_SUITE, type PreparedCheck } from './suite.js';

/** Runs the checks in their order and returns what they find, in that order. */
export function runChecks(subject: CheckSubject, suite: CheckSuite = DEFAULT_SUITE): Finding[] {
  const { example, parsed } = subject;
  const { candidate } = parsed;
  const withCandidate: CandidateSubject | null =
    candidate === null
      ? null
      : {
          ...subject,
          candidate,
          refined: viewText(candidate),
          original: viewText(example.response),
          instruction: viewText(example.instruction),
        };
  return suite.flatMap((prepared) =>
    observe(prepared, subject, withCandidate).map(({ message, start = null, end = null, severity }) => ({
      check: prepared.check.id,
      severity: milder(prepared.severity, severity),
      message,
      start,
      end,
    })),
  );
}

function observe(
  { check, thresholds }: PreparedCheck,
  subject: CheckSubject,
  withCandidate: CandidateSubject | null,
): readonly Observation[] {
  if (check.reads === 'reply') return check.find(withCandidate ?? subject, thresholds);
  if (withCandidate === null) return [];
  if (check.reads === 'candidate') return check.find(withCandidate, thresholds);
  const { judgement } = withCandidate;
  return judgement === undefined ? [] : check.find({ ...withCandidate, judgement }, thresholds);
}

/** A case may be milder than what its check is set to, never worse. */
function milder(set: Severity, own: Severity = set): Severity {
  return worseThan(own, set) ? set : own;
}
