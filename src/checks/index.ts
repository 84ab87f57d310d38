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
  type Threshold,
  type ThresholdValues,
} from './check.js';
export { runChecks } from './run-checks.js';
export { SEVERITIES, type Severity, type Verdict, verdictOf } from './severity.js';
export {
  type CheckSettings,
  type CheckStamp,
  type CheckSuite,
  DEFAULT_SUITE,
  prepareSuite,
  stampSuite,
} from './suite.js';
