export { CHECKS } from './catalog.js';
export {
  type CandidateCheck,
  type CandidateSubject,
  type Check,
  type CheckSubject,
  candidateCheck,
  type Finding,
  type JudgedSubject,
  type JudgementCheck,
  type Observation,
  type ReplyCheck,
  replyCheck,
  type Threshold,
  type ThresholdValues,
} from './check.js';
export { type CheckedResponse, checkResponse } from './check-response.js';
export type { ChecksFile } from './checks-file/checks-file.js';
export { isModule, type LoadedChecks, loadChecks } from './checks-file/load-checks.js';
export { runChecks } from './run-checks.js';
export { bestVerdict, SEVERITIES, type Severity, VERDICTS, type Verdict, verdictOf } from './severity.js';
export {
  type CheckSettings,
  type CheckStamp,
  type CheckSuite,
  DEFAULT_SUITE,
  prepareSuite,
  stampSuite,
} from './suite.js';
