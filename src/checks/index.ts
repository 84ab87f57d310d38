export { CHECKS } from './catalog.js';
export type {
  CandidateCheck,
  CandidateSubject,
  Check,
  CheckSubject,
  Finding,
  Observation,
  ReplyCheck,
} from './check.js';
export { runChecks } from './run-checks.js';
export { type Severity, type Verdict, verdictOf } from './severity.js';
