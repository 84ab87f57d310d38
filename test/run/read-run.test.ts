import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { loadLedger } from '../../src/run/load-ledger.js';
import { openManifest } from '../../src/run/manifest-file.js';
import { ownRun } from '../../src/run/own-run.js';
import { readRun } from '../../src/run/read-run.js';
import { recordDecisions } from '../../src/run/record-decisions.js';
import { readRunPrompt } from '../../src/run/run-prompt.js';
import {
  type AttemptParts,
  attemptOf,
  decisionOf,
  makeRun,
  PROMPT,
  SETTINGS,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';

const folder = temporaryFolder();
let runs = 0;
const newRun = (count = 2) => makeRun(join(folder, `run${runs++}`), someExamples(count));

const addAttempts = (dir: string, ...attempts: AttemptParts[]): void => {
  for (const attempt of attempts) {
    appendFileSync(join(dir, 'attempts.jsonl'), `${JSON.stringify(attemptOf(attempt))}\n`);
  }
};
const changeManifest = (dir: string, change: object): void => {
  const path = join(dir, 'run.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
};

describe('readRun', () => {
  test('gives attempts in the order of their answers, and the decisions in force', async () => {
    const dir = await newRun();
    const parts: AttemptParts[] = [
      { example: '1' },
      { example: '0', fault: ['transport', 'timeout', 'late'] },
      { example: '0', attempt: 2, resend: 1, resendsLeft: 1 },
    ];
    addAttempts(dir, ...parts);
    await recordDecisions(dir, [decisionOf({ example: '1', action: 'reject' })]);
    const run = await readRun(dir);
    expect(run.attempts).toEqual(parts.map(attemptOf));
    expect([...run.decisions.keys()]).toEqual(['1']);
  });

  test('passes over the unfinished last lines that a crash leaves, says so, and changes nothing', async () => {
    const dir = await newRun();
    addAttempts(dir, {});
    for (const name of ['attempts', 'decisions']) appendFileSync(join(dir, `${name}.jsonl`), '{"v":1,');
    const before = readFileSync(join(dir, 'attempts.jsonl'), 'utf8');
    const { attempts, warnings } = await readRun(dir);
    expect(attempts).toHaveLength(1);
    expect(warnings).toEqual([
      expect.stringMatching(/^attempts\.jsonl: .*\(7 bytes\)/),
      expect.stringMatching(/^decisions\.jsonl: .*\(7 bytes\)/),
    ]);
    expect(readFileSync(join(dir, 'attempts.jsonl'), 'utf8')).toBe(before);
  });

  const replace = (dir: string, name: string, change: (text: string) => string): void => {
    const path = join(dir, name);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };

  test.each<[string, (dir: string) => void, string, string]>([
    ['a folder that is none', (dir) => rmSync(dir, { recursive: true }), 'run_not_found', ''],
    [
      'neither run.json nor its copy',
      (dir) => {
        rmSync(join(dir, 'run.json'));
        rmSync(join(dir, 'run.json.bak'));
      },
      'run_not_found',
      '',
    ],
    [
      'a run.json that is cut off, and its copy too',
      (dir) => {
        replace(dir, 'run.json', (text) => text.slice(0, 50));
        replace(dir, 'run.json.bak', (text) => text.slice(0, 40));
      },
      'run_damaged',
      '/run.json',
    ],
    [
      'an empty run.json without a copy',
      (dir) => {
        writeFileSync(join(dir, 'run.json'), '');
        rmSync(join(dir, 'run.json.bak'));
      },
      'run_damaged',
      '/run.json',
    ],
    [
      'an empty run.json whose copy is of a later version',
      (dir) => {
        writeFileSync(join(dir, 'run.json'), '');
        writeFileSync(join(dir, 'run.json.bak'), '{"v":2}');
      },
      'run_newer',
      '/run.json.bak',
    ],
    [
      'an empty copy without run.json',
      (dir) => {
        rmSync(join(dir, 'run.json'));
        writeFileSync(join(dir, 'run.json.bak'), '');
      },
      'run_damaged',
      '/run.json.bak',
    ],
    [
      'a run.json that is null',
      (dir) => writeFileSync(join(dir, 'run.json'), 'null'),
      'run_damaged',
      '/run.json',
    ],
    [
      'a setting of another kind',
      (dir) => changeManifest(dir, { settings: { ...SETTINGS, onFlag: 'x' } }),
      'run_damaged',
      '/run.json',
    ],
    [
      'a later version of run.json',
      (dir) => changeManifest(dir, { v: 2, identity: null }),
      'run_newer',
      '/run.json',
    ],
    [
      'a selection that lacks its end',
      (dir) => replace(dir, 'selection.jsonl', (text) => text.slice(0, -9)),
      'run_damaged',
      '/selection.jsonl',
    ],
    ['no selection', (dir) => rmSync(join(dir, 'selection.jsonl')), 'run_damaged', '/selection.jsonl'],
    [
      'a selection with a line too many',
      (dir) => replace(dir, 'selection.jsonl', (text) => text + text.split('\n')[0]),
      'run_damaged',
      '/selection.jsonl',
    ],
    [
      'a selected row without its response',
      (dir) => replace(dir, 'selection.jsonl', (text) => text.replace('"output"', '"outpost"')),
      'run_damaged',
      'output',
    ],
    [
      'a selected row that is a list',
      (dir) => replace(dir, 'selection.jsonl', (text) => text.replace(/"source":\{.*?\}/, '"source":[]')),
      'run_damaged',
      '/selection.jsonl, line 1',
    ],
    [
      'a later version of an attempt',
      (dir) => appendFileSync(join(dir, 'attempts.jsonl'), '{"v":2}\n'),
      'run_newer',
      '/attempts.jsonl, line 1',
    ],
    [
      'an attempt that is damaged',
      (dir) => appendFileSync(join(dir, 'attempts.jsonl'), '{"v":1}\n'),
      'run_damaged',
      '/attempts.jsonl, line 1',
    ],
    [
      'a decision that is damaged',
      (dir) => appendFileSync(join(dir, 'decisions.jsonl'), '{}\n'),
      'run_damaged',
      '/decisions.jsonl, line 1',
    ],
    [
      'two attempts of one number',
      (dir) => addAttempts(dir, {}, { example: '1' }, {}),
      'run_damaged',
      '/attempts.jsonl, line 3',
    ],
    [
      'an attempt of an example that was not selected',
      (dir) => addAttempts(dir, {}, { example: '2' }),
      'run_damaged',
      '/attempts.jsonl, line 2',
    ],
  ])('refuses %s', async (_, damage, code, where) => {
    const dir = await newRun();
    damage(dir);
    const error: unknown = await readRun(dir).catch((error: unknown) => error);
    expect(error).toMatchObject({ code, facts: { where: expect.stringContaining(where) } });
    await expect(ownRun(dir)).rejects.toMatchObject({ code });
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });
});

describe('ownRun', () => {
  test('lets one process at a time send requests, and others look', async () => {
    const dir = await newRun();
    const run = await ownRun(dir);
    await expect(ownRun(dir)).rejects.toMatchObject({ code: 'run_locked' });
    await run.append(attemptOf());
    expect((await readRun(dir)).attempts).toHaveLength(1);
    await run.close();
    await (await ownRun(dir)).close();
  });

  test('saves attempts, and knows them itself', async () => {
    const dir = await newRun();
    const run = await ownRun(dir);
    await Promise.all([run.append(attemptOf()), run.append(attemptOf({ example: '1' }))]);
    expect(run.attempts.map(({ example }) => example)).toEqual(['0', '1']);
    await run.close();
    expect((await readRun(dir)).attempts).toEqual(run.attempts);
  });

  test.each([
    ['cuts off an unfinished last line', '{"v":1,"exam', 1],
    ['ends a last line that lacks its break', JSON.stringify(attemptOf({ attempt: 2 })), 2],
  ])('%s before it goes on', async (_, rest, kept) => {
    const dir = await newRun();
    addAttempts(dir, {});
    appendFileSync(join(dir, 'attempts.jsonl'), rest);
    const run = await ownRun(dir);
    expect(run.attempts).toHaveLength(kept);
    await run.append(attemptOf({ example: '1' }));
    await run.close();
    const { attempts, warnings } = await readRun(dir);
    expect(attempts.map(({ example }) => example)).toEqual([...Array(kept).fill('0'), '1']);
    expect(warnings).toEqual([]);
  });

  test('saves the settings of a call and leaves the rest of run.json as it was', async () => {
    const dir = await newRun();
    const before = await openManifest(dir).read();
    const run = await ownRun(dir);
    await run.saveSettings({ ...SETTINGS, onFlag: 'block', output: '/x.json' });
    await run.close();
    expect(await openManifest(dir).read()).toEqual({
      ...before,
      settings: { ...SETTINGS, onFlag: 'block', output: '/x.json' },
    });
  });
});

describe('the prompts of a run', () => {
  const tamper = (dir: string, change: (text: string) => string): void => {
    const path = join(dir, 'prompts', `${PROMPT.hash}.md`);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };

  test('tell how each reply is to be read', async () => {
    const dir = await newRun();
    addAttempts(dir, {});
    const [first, second] = await loadLedger(await readRun(dir), DEFAULT_SUITE);
    expect(first).toMatchObject({ outcome: 'refined', text: 'Better.' });
    expect(second).toMatchObject({ outcome: 'pending', text: null });
  });

  test('are refused when they were changed after they were used', async () => {
    const dir = await newRun();
    addAttempts(dir, {});
    tamper(dir, (text) => text.replace('Improve.', 'Worsen.'));
    await expect(readRunPrompt(dir, PROMPT.hash)).rejects.toMatchObject({
      code: 'run_damaged',
      facts: { where: expect.stringContaining(PROMPT.hash), expected: `SHA-256 ${PROMPT.hash}` },
    });
    await expect(loadLedger(await readRun(dir), DEFAULT_SUITE)).rejects.toMatchObject({
      code: 'run_damaged',
    });
  });

  test.each<[string, (dir: string) => void]>([
    ['is missing', (dir) => rmSync(join(dir, 'prompts', `${PROMPT.hash}.md`))],
    ['is no prompt any more', (dir) => tamper(dir, () => 'x')],
  ])('are damage to the run when one %s', async (_, damage) => {
    const dir = await newRun();
    addAttempts(dir, {});
    damage(dir);
    await expect(readRunPrompt(dir, PROMPT.hash)).rejects.toMatchObject({
      name: 'EnvironmentError',
      code: 'run_damaged',
    });
  });
});
