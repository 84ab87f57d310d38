/** What programs may use of Burnish. Everything not named here may change at any time. */

export {
  type CandidateCheck,
  type CandidateSubject,
  CHECKS,
  type Check,
  type CheckedResponse,
  type CheckSettings,
  type CheckSubject,
  type CheckSuite,
  type ChecksFile,
  candidateCheck,
  checkResponse,
  DEFAULT_SUITE,
  type Finding,
  type LoadedChecks,
  loadChecks,
  type Observation,
  type ReplyCheck,
  replyCheck,
  runChecks,
  type Severity,
  type Threshold,
  type ThresholdValues,
  type Verdict,
  verdictOf,
} from './checks/index.js';

export {
  type Dataset,
  type DatasetSummary,
  type Example,
  openDataset,
  PairedFiles,
  type PairingSummary,
  type ShapeName,
  toExample,
  writeDatasetFile,
} from './dataset/index.js';
export { changedShare } from './diff/changed-share.js';
export type { ChangedPart, DiffPart, MovedPart } from './diff/diff-part.js';
export { diffTexts } from './diff/diff-texts.js';
export { type FoundSpan, type MarkedPart, markFindings } from './diff/mark-findings.js';
export { type DiffLine, type DiffRow, sideBySide } from './diff/side-by-side.js';
export { similarity } from './diff/similarity.js';
export { BurnishError, EnvironmentError, type ErrorCode, type ErrorFacts, UserError } from './errors.js';
export { type ExportTarget, exportTrainingSet } from './export/export-training-set.js';
export type { ChatMessage, ChatModel, ChatReply, ChatRequest, TokenUsage } from './model/chat-model.js';
export { ModelError, type ModelErrorFacts } from './model/model-error.js';
export { costOf, type Price, priceOf } from './model/prices.js';
export { createModel, type ModelSpec, resolveModel } from './model/resolve.js';
export { DEFAULT_RESEND_POLICY, type ResendPolicy } from './pace/resend.js';
export { type ParsedReply, parseReply, type ReplyFormat } from './parse.js';
export { DEFAULT_PROMPT_FILE, loadPrompt } from './prompt/load-prompt.js';
export type { Prompt } from './prompt/prompt.js';
export { renderPrompt } from './prompt/render-prompt.js';
export { type AskEvent, type AskOptions, askExamples } from './run/ask.js';
export type { Attempt } from './run/attempt.js';
export type { Decision, DecisionLine } from './run/decision.js';
export { countOutcomes, type LedgerEntry } from './run/ledger.js';
export { loadLedger } from './run/load-ledger.js';
export type { Identity, Manifest, RunSettings } from './run/manifest.js';
export type { Outcome } from './run/outcomes.js';
export { type OwnedRun, ownRun } from './run/own-run.js';
export { isRun, type RunRecord, readRun } from './run/read-run.js';
export { recordDecisions } from './run/record-decisions.js';
export { draftRun, identify, type RunDraft, type RunPlan } from './run/start-run.js';
export { type Asking, refinementTask, type Task } from './run/task.js';
export {
  countWords,
  type Selection,
  type SelectionRule,
  selectExamples,
} from './select/index.js';
export type { CodeBlock } from './text/code-blocks.js';
export type { Line, LineKind } from './text/lines.js';
export type { Sentence } from './text/sentences.js';
export type { Paragraph, TextView } from './text/text-view.js';
