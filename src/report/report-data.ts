import type { AttemptData, RecordDetail } from './record-data.js';
import type { RunOverview } from './run-data.js';

/** What is known of two files that were compared. */
export type FilesOverview = Pick<RunOverview, 'verdicts' | 'checks' | 'lengths' | 'changes'>;

/** What a report is about. */
export type ReportSubject =
  | { readonly kind: 'run'; readonly overview: RunOverview }
  | {
      readonly kind: 'files';
      /** File names. */
      readonly original: string;
      readonly refined: string;
      readonly overview: FilesOverview;
    };

/** A report but for its records. */
export interface ReportHead {
  readonly title: string;
  readonly subject: ReportSubject;
  /** How many examples there are, those included that the report leaves out. */
  readonly examples: number;
}

/**
 * A record as a file holds it: what would stand in it twice is left out, and so are raw replies, but for those that are all
 * that an attempt brought.
 */
export interface PackedRecord extends Omit<RecordDetail, 'exported' | 'attempts'> {
  readonly exported: 'original' | 'refined' | null | { readonly text: string };
  readonly attempts: readonly PackedAttempt[];
}

interface PackedAttempt extends AttemptData {
  /** Whether response and findings are those of the record, and therefore left out. */
  readonly counts?: true;
}

export function packRecord(detail: RecordDetail): PackedRecord {
  const { original, refined, exported, decision, chosen } = detail;
  return {
    ...detail,
    exported:
      exported === null
        ? null
        : exported === refined
          ? 'refined'
          : exported === original
            ? 'original'
            : { text: exported },
    decision: decision && { ...decision, text: null },
    attempts: detail.attempts.map((attempt): PackedAttempt => {
      const needsReply = attempt.candidate === null && attempt.purpose !== 'judge';
      const packed = { ...attempt, reply: needsReply ? attempt.reply : null };
      const counts =
        attempt.attempt === chosen &&
        attempt.candidate === refined &&
        JSON.stringify(attempt.findings) === JSON.stringify(detail.findings);
      return counts ? { ...packed, candidate: null, findings: [], counts: true } : packed;
    }),
  };
}

export function unpackRecord(packed: PackedRecord): RecordDetail {
  const { original, refined, exported, decision, findings } = packed;
  return {
    ...packed,
    exported:
      exported === null
        ? null
        : exported === 'refined'
          ? refined
          : exported === 'original'
            ? original
            : exported.text,
    decision: decision && { ...decision, text: decision.action === 'edit' ? refined : null },
    attempts: packed.attempts.map(({ counts, ...attempt }) =>
      counts === true ? { ...attempt, candidate: refined, findings } : attempt,
    ),
  };
}
