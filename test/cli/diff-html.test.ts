import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordDetail } from '../../src/report/record-data.js';
import { type PackedRecord, type ReportHead, unpackRecord } from '../../src/report/report-data.js';
import { answerCompletion } from '../support/chat-server.js';
import { burnish, makeFolder } from '../support/cli.js';
import { datasetRow, HOSTILE_ROWS, improvedText } from '../support/hostile-rows.js';
import { makeRows, refinedText, reply, setScene } from './scene.js';

/** What a report holds. */
function readReport(path: string): { readonly head: ReportHead; readonly records: readonly RecordDetail[] } {
  const html = readFileSync(path, 'utf8');
  const data = (name: string) =>
    [
      ...html.matchAll(new RegExp(`<script type="application/json" class="${name}">(.*?)</script>`, 'gs')),
    ].map(([, text = '']) => JSON.parse(text));
  const packed: PackedRecord[] = data('report-records').flat();
  return { head: data('report-head')[0], records: packed.map(unpackRecord) };
}

const WALL = 'A wall of stones needs no mortar, since their weight holds them where they lie.';

function writeFiles(folder: string, rows: readonly { id: string; refined: string }[]): void {
  const write = (name: string, textOf: (row: (typeof rows)[number]) => string) =>
    writeFileSync(
      join(folder, name),
      JSON.stringify(
        rows.map((row) => ({ ...datasetRow({ id: row.id, text: row.id }), output: textOf(row) })),
      ),
    );
  write('a.json', () => WALL);
  write('b.json', ({ refined }) => refined);
}

describe('a report of a run', () => {
  it('holds its overview and every example that was answered', async () => {
    const scene = await setScene({
      rows: makeRows(4),
      script: (instruction) =>
        instruction === 'Task 2' ? answerCompletion(reply('The answer should be longer.')) : undefined,
    });
    await scene.refine('--limit', '3');
    const { status, stderr } = await scene.run('diff', '--html', 'report.html');
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'report.html: 3 examples\n' });
    const { head, records } = readReport(join(scene.folder, 'report.html'));
    expect(head).toMatchObject({
      examples: 4,
      subject: { kind: 'run', overview: { selected: 4, outcomes: { pending: 1 } } },
    });
    expect(records).toHaveLength(3);
    const refined = records.find(({ instruction }) => instruction === 'Task 1');
    expect(refined).toMatchObject({ refined: refinedText('Task 1'), exported: refinedText('Task 1') });
    expect(refined?.attempts).toMatchObject([{ purpose: 'first', candidate: refinedText('Task 1') }]);
  });

  it('holds no key and no address of the server', async () => {
    const scene = await setScene({ env: { OPENAI_API_KEY: 'sk-secret-key' } });
    await scene.refine();
    await scene.run('diff', '--html', 'report.html');
    const html = scene.read('report.html');
    expect(html).not.toContain('sk-secret-key');
    expect(html).not.toContain('127.0.0.1');
    expect(html).not.toContain(scene.folder);
  });

  it('is the same when it is made again', async () => {
    const scene = await setScene();
    await scene.refine();
    await scene.run('diff', '--html', 'one.html');
    await scene.run('diff', '--html', 'two.html');
    expect(scene.read('two.html')).toBe(scene.read('one.html'));
  });
});

describe('a report of two files', () => {
  it('compares their rows, hostile ones too, without running or losing any of it', async () => {
    // What only replies bring is no text of a dataset.
    const rows = HOSTILE_ROWS.filter(({ brings }) => brings === undefined);
    const folder = makeFolder();
    writeFiles(
      folder,
      rows.map((row) => ({ id: row.id, refined: improvedText(row) })),
    );
    const { stderr } = await burnish(['diff', 'a.json', 'b.json', '--html', 'report.html'], { cwd: folder });
    expect(stderr).toBe(`report.html: ${rows.length} examples\n`);
    const { head, records } = readReport(join(folder, 'report.html'));
    expect(head).toMatchObject({ title: 'a.json → b.json', examples: rows.length });
    expect(records.map(({ row }) => row.id)).toEqual(rows.map(({ id }) => id));
    expect(records.map(({ refined }) => refined)).toEqual(rows.map(improvedText));
    expect(readFileSync(join(folder, 'report.html'), 'utf8').match(/<script/g)).toHaveLength(3);
  });

  it('holds what --only and --check leave, in the order of --sort, and the figures of all', async () => {
    const folder = makeFolder();
    writeFiles(folder, [
      { id: 'same', refined: WALL },
      { id: 'better', refined: `${WALL} So it has stood for a thousand years.` },
    ]);
    const args = ['diff', 'a.json', 'b.json', '--html', 'report.html', '--check', 'unchanged', '--json'];
    const { status, stdout } = await burnish(args, { cwd: folder });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ report: join(folder, 'report.html'), examples: 1 });
    const { head, records } = readReport(join(folder, 'report.html'));
    expect(records.map(({ row }) => row.id)).toEqual(['same']);
    expect(head.examples).toBe(2);
    expect(Object.values(head.subject.overview.verdicts).reduce((one, other) => one + other)).toBe(2);
  });
});

describe('a report is refused', () => {
  it.each([
    { name: 'in the place of a folder', file: 'folder.html', found: 'a folder of that name' },
    { name: 'under another ending', file: 'a.json', found: 'does not end in .html' },
    { name: 'in a folder that is not there', file: 'nowhere/report.html', found: 'no such file' },
  ])('$name, and nothing is left of it', async ({ file, found }) => {
    const folder = makeFolder();
    writeFiles(folder, [{ id: 'same', refined: WALL }]);
    mkdirSync(join(folder, 'folder.html'));
    const before = readdirSync(folder);
    const { status, stderr } = await burnish(['diff', 'a.json', 'b.json', '--html', file], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain(found);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('in the place of a file that is read', async () => {
    const folder = makeFolder();
    writeFiles(folder, [{ id: 'same', refined: WALL }]);
    writeFileSync(join(folder, 'b.html'), readFileSync(join(folder, 'b.json')));
    const { status, stderr } = await burnish(['diff', 'a.json', 'b.html', '--html', './b.html'], {
      cwd: folder,
    });
    expect(status).toBe(2);
    expect(stderr).toContain('overwritten');
    expect(readFileSync(join(folder, 'b.html'), 'utf8')).toBe(readFileSync(join(folder, 'b.json'), 'utf8'));
  });

  it('together with --id', async () => {
    const folder = makeFolder();
    writeFiles(folder, [{ id: 'same', refined: WALL }]);
    const args = ['diff', 'a.json', 'b.json', '--id', 'same', '--html', 'report.html'];
    expect((await burnish(args, { cwd: folder })).status).toBe(2);
    expect(existsSync(join(folder, 'report.html'))).toBe(false);
  });
});
