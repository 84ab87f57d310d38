import { expect, it } from 'vitest';
import { packRecord } from '../../../src/report/report-data.js';
import { readReport } from '../../../src/web/report-page/embedded-report.js';
import { recordDetail } from '../decisions/record-details.js';

it('a report is read from the blocks in its file, in order', () => {
  const blocks = [['1', '2'], ['3']].map((ids) =>
    JSON.stringify(ids.map((id) => packRecord(recordDetail(id)))),
  );
  const elements: Readonly<Record<string, readonly string[]>> = {
    'script.report-head': [JSON.stringify({ title: 'a', examples: 5 })],
    'script.report-records': blocks,
  };
  const page = {
    querySelectorAll: (selector: string) => elements[selector]?.map((textContent) => ({ textContent })),
  } as unknown as ParentNode;
  const report = readReport(page);
  expect(report).toMatchObject({ title: 'a', examples: 5 });
  expect(report.records.map(({ row }) => row.id)).toEqual(['1', '2', '3']);
});
