import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readLabels } from '../../bench/checks/labels.ts';
import { UserError } from '../../src/errors.js';

function labelsFile(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-labels-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'labels.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const row = { id: 'a', severity: 'ok', labels: [] };

describe('readLabels', () => {
  test('reads rows with grade, labels, how they were drawn and what the second reader said', () => {
    const path = labelsFile([
      {
        id: 'a',
        severity: 'bad',
        labels: ['loop', 'truncated'],
        note: 'n',
        random_sample: true,
        second: 'ok',
      },
      { id: 'b', severity: 'minor', labels: [], random_sample: false },
    ]);
    expect(readLabels(path)).toEqual([
      { id: 'a', grade: 'bad', labels: ['loop', 'truncated'], isRandom: true, secondGrade: 'ok' },
      { id: 'b', grade: 'minor', labels: [], isRandom: false, secondGrade: null },
    ]);
  });

  test('takes a number for an id, and a row that does not say how it was drawn for a picked one', () => {
    expect(readLabels(labelsFile([{ ...row, id: 7, second: null }]))).toEqual([
      { id: '7', grade: 'ok', labels: [], isRandom: false, secondGrade: null },
    ]);
  });

  test('counts a label that is given twice once', () => {
    expect(readLabels(labelsFile([{ ...row, labels: ['loop', 'loop'] }]))[0]?.labels).toEqual(['loop']);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '[{', 'JSON'],
    ['no array', { rows: [] }, 'array'],
    ['an empty list', [], 'no rows'],
    ['an unknown grade', [{ ...row, severity: 'fine' }], '0.severity'],
    ['a row without labels', [{ id: 'a', severity: 'ok' }], '0.labels'],
    ['a label that a terminal could obey', [{ ...row, labels: ['\u001b[2J'] }], '0.labels.0'],
    ['an unknown grade by the second reader', [{ ...row, second: '' }], '0.second'],
    ['a row twice', [row, { ...row, severity: 'bad' }], 'two rows with the id "a"'],
    [
      'a row twice, once with a number',
      [
        { ...row, id: 7 },
        { ...row, id: '7' },
      ],
      '"7"',
    ],
  ])('refuses %s', (_, content, found) => {
    const path = labelsFile(content);
    const error = caught(() => readLabels(path));
    expect(error).toMatchObject({ code: 'dataset', facts: { where: path } });
    expect(error.facts.found).toContain(found);
  });

  test('refuses a file that is not there', () => {
    expect(caught(() => readLabels(join(tmpdir(), 'nowhere', 'labels.json'))).facts.found).toContain(
      'ENOENT',
    );
  });
});

function caught(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  return expect.fail('nothing was thrown');
}
