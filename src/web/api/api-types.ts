import type { z } from 'zod';
import type {
  checkedTextSchema,
  choicesSchema,
  datasetUploadedSchema,
  decisionBodySchema,
  EVENT_SCHEMAS,
  planSchema,
  problemSchema,
  progressSchema,
  promptSentSchema,
  recordIdsSchema,
  recordPageSchema,
  resumeRunSchema,
  retrySchema,
  runListSchema,
  runStatusSchema,
  runSummarySchema,
  sessionSchema,
  startedSchema,
  startRunSchema,
} from '../../server/api-schemas.js';

// Types only: the schemas themselves, and zod with them, stay on the server.
export type CheckedText = z.infer<typeof checkedTextSchema>;
export type Choices = z.infer<typeof choicesSchema>;
export type DatasetUploaded = z.infer<typeof datasetUploadedSchema>;
export type DecisionBody = z.infer<typeof decisionBodySchema>;
export type Plan = z.infer<typeof planSchema>;
export type ProblemData = z.infer<typeof problemSchema>;
export type Progress = z.infer<typeof progressSchema>;
export type PromptSent = z.infer<typeof promptSentSchema>;
export type RecordIds = z.infer<typeof recordIdsSchema>;
export type RecordPage = z.infer<typeof recordPageSchema>;
export type RunList = z.infer<typeof runListSchema>;
export type RunStatus = z.infer<typeof runStatusSchema>;
export type RunSummary = z.infer<typeof runSummarySchema>;
export type Session = z.infer<typeof sessionSchema>;
export type Started = z.infer<typeof startedSchema>;
export type StartRunBody = Omit<z.input<typeof startRunSchema>, 'dryRun'>;
export type ResumeRunBody = z.input<typeof resumeRunSchema>;
export type RetryBody = Omit<z.input<typeof retrySchema>, 'dryRun'>;
export type RunEvents = { [Name in keyof typeof EVENT_SCHEMAS]: z.infer<(typeof EVENT_SCHEMAS)[Name]> };
