import type { RecordDetail } from '../../report/record-data.js';
import { type PackedRecord, type ReportHead, unpackRecord } from '../../report/report-data.js';

/** A report as the page shows it. */
export interface Report extends ReportHead {
  /** In the order of the file. */
  readonly records: readonly RecordDetail[];
}

/** Reads what stands in the file beside the page. */
export function readReport(page: ParentNode): Report {
  const texts = (name: string) =>
    [...page.querySelectorAll(`script.${name}`)].map(({ textContent }) => textContent ?? '');
  const head: ReportHead = JSON.parse(texts('report-head')[0] ?? 'null');
  const records = texts('report-records').flatMap((block): PackedRecord[] => JSON.parse(block));
  return { ...head, records: records.map(unpackRecord) };
}
