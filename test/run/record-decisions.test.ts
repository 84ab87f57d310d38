import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DECISION_FORMAT } from '../../src/run/decision.js';
import { takeLock } from '../../src/run/lock.js';
import { ownRun } from '../../src/run/own-run.js';
import { readLines } from '../../src/run/read-lines.js';
import { readRun } from '../../src/run/read-run.js';
import { recordDecisions } from '../../src/run/record-decisions.js';
import { runChild } from '../support/child.js';
import { decisionOf, makeRun, someExamples, temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
let runs = 0;
const newRun = () => makeRun(join(folder, String(runs++)), someExamples(2));
const reject = (example: string) => decisionOf({ example, action: 'reject' });

describe('recordDecisions', () => {
  test('adds decisions in order, and leaves no lock', async () => {
    const dir = await newRun();
    await recordDecisions(dir, [reject('0'), decisionOf({ example: '1', action: 'edit', text: 'é\n' })]);
    await recordDecisions(dir, [decisionOf({ example: '0', action: 'undo' })]);
    const { decisions } = await readRun(dir);
    expect([...decisions.values()]).toEqual([decisionOf({ example: '1', action: 'edit', text: 'é\n' })]);
    expect(readdirSync(dir).filter((name) => name.includes('lock'))).toEqual([]);
  });

  test('works while another process sends requests for the run', async () => {
    const dir = await newRun();
    const run = await ownRun(dir);
    await recordDecisions(dir, [reject('0')]);
    await run.close();
    expect((await readRun(dir)).decisions.size).toBe(1);
  });

  test('cuts off what a crash left of a line, and ends a line that lacks its break', async () => {
    const dir = await newRun();
    const path = join(dir, 'decisions.jsonl');
    await recordDecisions(dir, [reject('0')]);
    appendFileSync(path, '{"v":1,"exam');
    await recordDecisions(dir, [reject('1')]);
    writeFileSync(path, readFileSync(path, 'utf8').trimEnd());
    await recordDecisions(dir, [decisionOf({ example: '0', action: 'undo' })]);
    const { records, tornBytes } = await readLines(path, DECISION_FORMAT);
    expect(records.map(({ example, action }) => `${example} ${action}`)).toEqual([
      '0 reject',
      '1 reject',
      '0 undo',
    ]);
    expect(tornBytes).toBe(0);
  });

  test('changes nothing in a damaged file, and gives its lock back', async () => {
    const dir = await newRun();
    const path = join(dir, 'decisions.jsonl');
    writeFileSync(path, 'damage\n');
    await expect(recordDecisions(dir, [reject('0')])).rejects.toMatchObject({ code: 'run_damaged' });
    expect(readFileSync(path, 'utf8')).toBe('damage\n');
    expect(readdirSync(dir).filter((name) => name.includes('lock'))).toEqual([]);
  });

  test('tells when a decision cannot be saved, and gives its lock back', async () => {
    const dir = await newRun();
    const path = join(dir, 'decisions.jsonl');
    const { status, stderr } = await runChild(
      'run/children/decide-often.ts',
      [dir, 'x', '100'],
      'ulimit -f 4',
    ).ended;
    expect(status).toBe(1);
    expect(stderr).toContain('EnvironmentError');
    const { records, tornBytes } = await readLines(path, DECISION_FORMAT);
    expect(records.length).toBeGreaterThan(0);
    expect(tornBytes).toBe(0);
    expect(readdirSync(dir).filter((name) => name.includes('lock'))).toEqual([]);
  });

  test('waits for whoever is saving decisions, even to look at the file', async () => {
    const dir = await newRun();
    const path = join(dir, 'decisions.jsonl');
    const lock = await takeLock(join(dir, 'decisions.lock'), 'testing');
    const recording = recordDecisions(dir, [reject('0')]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(readFileSync(path, 'utf8')).toBe('');
    writeFileSync(path, '{"v":1,"exam');
    await lock.release();
    await recording;
    expect((await readLines(path, DECISION_FORMAT)).records).toEqual([reject('0')]);
  });

  test('loses none of those that several processes record at once', async () => {
    const dir = join(folder, 'busy');
    mkdirSync(dir);
    writeFileSync(join(dir, 'decisions.jsonl'), '');
    const names = ['a', 'b', 'c', 'd'];
    const ends = await Promise.all(
      names.map((name) => runChild('run/children/decide-often.ts', [dir, name, '15']).ended),
    );
    expect(ends.map(({ status, stderr }) => [status, stderr])).toEqual(names.map(() => [0, '']));
    const { records } = await readLines(join(dir, 'decisions.jsonl'), DECISION_FORMAT);
    for (const name of names) {
      const own = records.map(({ example }) => example).filter((example) => example.startsWith(name));
      expect(own).toEqual(Array.from({ length: 15 }, (_, number) => `${name}-${number}`));
    }
    expect(records).toHaveLength(60);
  });
});
