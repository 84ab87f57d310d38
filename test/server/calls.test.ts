import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { refine } from '../../src/cli/commands/refine.js';
import { parsePrompt } from '../../src/prompt/parse-prompt.js';
import { readRun } from '../../src/run/read-run.js';
import { recordDecisions } from '../../src/run/record-decisions.js';
import type { Started } from '../../src/server/parts.js';
import { makeRows, namesFindings, readLines, refinedText, reply, type Script } from '../cli/scene.js';
import { answerCompletion, answerError } from '../support/chat-server.js';
import { runChild } from '../support/child.js';
import { makeFolder } from '../support/cli.js';
import { startPacedServer } from '../support/paced-process.js';
import { runOnSmallDisk, smallDisk } from '../support/small-disk.js';
import {
  attemptedIn,
  BODY,
  folderOf,
  HeldAnswers,
  idle,
  outcomesOf,
  quietIo,
  RETRY,
  setCallsScene,
  someIds,
  startAndFinish,
  waysTo,
} from './calls-scene.js';

const DRY = { ...BODY, dryRun: true } as const;

function settingsOf(dir: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')).settings;
}

describe('start', () => {
  test('makes the run that the command line makes, with the same training set to the byte', async () => {
    const rows = makeRows(30);
    /** Some replies fail and are repaired, one is refused. */
    const script: Script = (instruction, { message }) => {
      if (instruction === 'Task 7') return answerError(400, 'not about this');
      const isBad = Number(instruction.slice(5)) % 5 === 0 && !namesFindings(message);
      return isBad ? answerCompletion('I would rather talk about it.') : undefined;
    };
    const ours = await setCallsScene({ rows, script });
    const theirs = await setCallsScene({ rows, script });
    const dir = await startAndFinish(ours, { repair: 2, top: 20, onFlag: 'use', onFail: 'drop' });
    const { status } = await refine(
      'data.json',
      {
        ...{ top: { top: 20 }, model: 'm', baseUrl: theirs.server.url },
        ...{ repair: 2, onFlag: 'use', onFail: 'drop', concurrency: 4, timeout: 30, maxWait: 60 },
      },
      quietIo(theirs.folder, { HOME: theirs.folder }),
    );
    expect(status).toBe(0);
    expect(readdirSync(theirs.runsFolder)).toEqual(readdirSync(ours.runsFolder));
    for (const name of ['refined.json', 'ledger.jsonl', 'selection.jsonl']) {
      const [one, other] = [dir, theirs.runFolder()].map((folder) => readFileSync(join(folder, name)));
      expect(one?.equals(other ?? Buffer.alloc(0)), name).toBe(true);
    }
    expect(readdirSync(dir).sort()).toEqual(readdirSync(theirs.runFolder()).sort());
    expect({ ...settingsOf(dir), baseUrl: '' }).toEqual({ ...settingsOf(theirs.runFolder()), baseUrl: '' });
    expect(ours.asked().sort()).toEqual(theirs.asked().sort());
  });

  test('answers once the run is there, and goes on when nobody waits for it', async () => {
    const held = new HeldAnswers(0);
    const scene = await setCallsScene({ rows: makeRows(10), script: held.script });
    const calls = await scene.openCalls();
    const changes: string[] = [];
    calls.onChange((changed, change) => changes.push(`${change} ${calls.state(changed).call}`));
    const started = await calls.start(BODY);
    const dir = folderOf(scene, started);
    expect(started).toEqual({ run: readdirSync(scene.runsFolder)[0], examples: 10 });
    expect((await readRun(dir)).selection).toHaveLength(10);
    await held.received(4);
    expect(calls.state(dir)).toMatchObject({
      call: 'running',
      failure: null,
      progress: { total: 10, done: 0, underWay: 4, costUsd: 0, resent: 0, waiting: null },
    });
    held.letGo();
    await idle(calls, dir);
    expect(outcomesOf(dir)).toHaveLength(10);
    expect(existsSync(join(dir, 'refined.json'))).toBe(true);
    expect(existsSync(join(dir, 'lock'))).toBe(false);
    expect(calls.state(dir)).toEqual({ call: 'idle', progress: null, failure: null });
    expect(changes.at(-1)).toBe('state idle');
    expect(changes.at(-2)).toBe('progress running');
  });

  test('is not disturbed by a listener that fails, which is told', async () => {
    const told: string[] = [];
    const scene = await setCallsScene();
    const calls = await scene.openCalls({}, (text) => told.push(text));
    calls.onChange(() => {
      throw new Error('no time');
    });
    const dir = folderOf(scene, await calls.start(BODY));
    await idle(calls, dir);
    expect(attemptedIn(dir)).toEqual(someIds(6));
    expect(told).toContain('A listener to the calls failed: no time');
  });

  test('goes on with the run that the same request has begun, and asks nothing twice', async () => {
    const scene = await setCallsScene({ rows: makeRows(8) });
    const dir = await startAndFinish(scene, { limit: 3 });
    expect(scene.asked()).toHaveLength(3);
    expect(existsSync(join(dir, 'refined.json'))).toBe(false);
    expect(await startAndFinish(scene)).toBe(dir);
    expect(attemptedIn(dir)).toEqual(someIds(8));
    expect(existsSync(join(dir, 'refined.json'))).toBe(true);
  });

  test('a second request for the run is refused while the first is under way, also right at its start', async () => {
    const held = new HeldAnswers(0);
    const scene = await setCallsScene({ script: held.script });
    const calls = await scene.openCalls();
    const both = await Promise.allSettled([calls.start(BODY), calls.start(BODY)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'run_locked' });
    const started = both.find(({ status }) => status === 'fulfilled') as PromiseFulfilledResult<Started>;
    const dir = folderOf(scene, started.value);
    await expect(calls.resume(dir, {})).rejects.toMatchObject({ code: 'run_locked' });
    await expect(calls.retry(dir, ['1'], RETRY)).rejects.toMatchObject({ code: 'run_locked' });
    held.letGo();
    await idle(calls, dir);
    expect(attemptedIn(dir)).toEqual(someIds(6));
  });

  test('two runs go on at once', async () => {
    const held = new HeldAnswers(0);
    const scene = await setCallsScene({ script: held.script });
    const calls = await scene.openCalls();
    const one = folderOf(scene, await calls.start(BODY));
    const other = folderOf(scene, await calls.start({ ...BODY, top: 3 }));
    await held.received(7);
    expect([calls.state(one).call, calls.state(other).call]).toEqual(['running', 'running']);
    expect([calls.state(one).progress?.total, calls.state(other).progress?.total]).toEqual([6, 3]);
    held.letGo();
    await Promise.all([idle(calls, one), idle(calls, other)]);
    expect([attemptedIn(one).length, attemptedIn(other).length]).toEqual([6, 3]);
  });

  test('the key is that of the environment', async () => {
    const seen: (string | undefined)[] = [];
    const scene = await setCallsScene({
      env: { OPENAI_API_KEY: 'sk-of-the-server' },
      script: (_, { authorization }) => {
        seen.push(authorization);
        return undefined;
      },
    });
    const dir = await startAndFinish(scene);
    expect(new Set(seen)).toEqual(new Set(['Bearer sk-of-the-server']));
    for (const name of readdirSync(dir).filter((name) => name !== 'prompts'))
      expect(readFileSync(join(dir, name), 'utf8')).not.toContain('sk-of-the-server');
  });
});

describe('a dry run', () => {
  test('tells what would be asked, and writes and sends nothing', async () => {
    const scene = await setCallsScene();
    const calls = await scene.openCalls();
    expect(await calls.start({ ...DRY, limit: 4 })).toEqual({
      ...{ run: expect.stringMatching(/^data-[0-9a-f]{8}$/), examples: 4, leftAlone: 0 },
      ...{ expectedUsd: null, mostUsd: null },
    });
    expect(readdirSync(scene.folder)).toEqual(['data.json']);
    expect(scene.server.requests).toEqual([]);
  });

  test('tells what it would cost where prices are known, of a start as of a retry', async () => {
    const prices = join(makeFolder(), 'prices.json');
    writeFileSync(prices, JSON.stringify({ m: { inputUsdPerMTok: 1, outputUsdPerMTok: 2 } }));
    const scene = await setCallsScene({ env: { BURNISH_PRICES: prices } });
    const calls = await scene.openCalls();
    const plan = (await calls.start(DRY)) as { expectedUsd: number; mostUsd: number };
    expect(plan.expectedUsd).toBeGreaterThan(0);
    expect(plan.mostUsd).toBeGreaterThan(plan.expectedUsd);
    const dir = await startAndFinish(scene);
    scene.forget();
    const before = readFileSync(join(dir, 'run.json'));
    const again = (await calls.retry(dir, ['4', '2'], { dryRun: true })) as typeof plan;
    expect(again).toMatchObject({ examples: 2, leftAlone: 0 });
    expect(again.expectedUsd).toBeGreaterThan(0);
    expect(again.expectedUsd).toBeLessThan(plan.expectedUsd);
    expect(scene.asked()).toEqual([]);
    expect(readFileSync(join(dir, 'run.json')).equals(before)).toBe(true);
  });
});

describe('cancel', () => {
  test('lets what is under way finish and sends nothing more; the run is gone on with later', async () => {
    const held = new HeldAnswers(3);
    const scene = await setCallsScene({ rows: makeRows(20), script: held.script });
    const calls = await scene.openCalls();
    const dir = folderOf(scene, await calls.start(BODY));
    await held.received(7);
    calls.cancel(dir);
    expect(calls.state(dir).call).toBe('stopping');
    calls.cancel(dir);
    held.letGo();
    await idle(calls, dir);
    expect(calls.state(dir).failure).toBeNull();
    expect(attemptedIn(dir)).toHaveLength(7);
    expect(outcomesOf(dir).filter((line) => (line as string[])[1] === 'pending')).toHaveLength(13);
    expect(await calls.resume(dir, { limit: 5 })).toMatchObject({ examples: 5 });
    await idle(calls, dir);
    expect(await calls.resume(dir, {})).toMatchObject({ examples: 8 });
    await idle(calls, dir);
    expect(attemptedIn(dir)).toEqual(someIds(20));
  });

  test('does nothing where no call is under way', async () => {
    const scene = await setCallsScene();
    const calls = await scene.openCalls();
    calls.cancel(join(scene.runsFolder, 'none'));
    expect(calls.state(join(scene.runsFolder, 'none')).call).toBe('idle');
  });

  test('closing stops all calls and waits for the answers under way; then nothing more is begun', async () => {
    const held = new HeldAnswers(0);
    const scene = await setCallsScene({ rows: makeRows(20), script: held.script });
    const calls = await scene.openCalls();
    const dir = folderOf(scene, await calls.start(BODY));
    await held.received(4);
    let isClosed = false;
    const closing = calls.close().then(() => {
      isClosed = true;
    });
    await expect(calls.start({ ...BODY, top: 2 })).rejects.toMatchObject({ code: 'environment' });
    expect(isClosed).toBe(false);
    held.letGo();
    await closing;
    expect(attemptedIn(dir)).toHaveLength(4);
    expect(readLines(join(dir, 'attempts.jsonl')).every(({ reply }) => reply !== null)).toBe(true);
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  test('closing twice gives up what is under way, and keeps that it may have been charged', async () => {
    const held = new HeldAnswers(2);
    const scene = await setCallsScene({ rows: makeRows(20), script: held.script });
    const calls = await scene.openCalls();
    const dir = folderOf(scene, await calls.start(BODY));
    await held.received(6);
    await Promise.all([calls.close(), calls.close()]);
    const attempts = readLines(join(dir, 'attempts.jsonl'));
    expect(attempts.filter(({ reply }) => reply !== null)).toHaveLength(2);
    for (const { reply, error } of attempts)
      if (reply === null) expect(error).toMatchObject({ code: 'given_up' });
    expect(attempts).toHaveLength(6);
    expect(existsSync(join(dir, 'lock'))).toBe(false);
    held.letGo();
  });

  test('a killed server loses only what was under way: nothing that was answered is asked again', async () => {
    const held = new HeldAnswers(10);
    const scene = await setCallsScene({ rows: makeRows(30), script: held.script });
    const child = runChild('server/children/start-run.ts', [scene.folder, scene.server.url]);
    await child.said('started');
    await held.received(14);
    // Its answers are saved before it asks anew.
    child.process.kill('SIGKILL');
    await child.ended;
    const dir = scene.runFolder();
    const saved = attemptedIn(dir);
    expect(saved).toHaveLength(10);
    held.letGo();
    scene.forget();
    const calls = await scene.openCalls();
    expect(await calls.resume(dir, {})).toMatchObject({ examples: 20 });
    await idle(calls, dir);
    expect(scene.asked()).toHaveLength(20);
    expect(attemptedIn(dir)).toEqual(someIds(30));
  });
});

describe('retry', () => {
  const MINE = parsePrompt(
    '---\nname: mine\nversion: 1\nreply: better-answer\ntemperature: 0.7\nmax_output_tokens: 99\n---\n' +
      '# User\nMend <instruction>\n{{instruction}}\n</instruction> {{response}}\n' +
      '# User with input\nMend <instruction>\n{{instruction}}\n</instruction> {{input}} {{response}}\n',
    'mine.md',
  );

  test('asks exactly the named examples again, with another prompt and model', async () => {
    const models: string[] = [];
    const scene = await setCallsScene({
      script: (instruction, { model, message }) => {
        models.push(model);
        if (message.startsWith('Mend')) return answerCompletion(reply(`${refinedText(instruction)} Twice.`));
        return answerCompletion('No answer at all.');
      },
    });
    const dir = await startAndFinish(scene);
    const prompts = new Map([['mine', MINE]]);
    const calls = await scene.openCalls({ models: ['other', 'm'], prompts });
    scene.forget();
    models.length = 0;
    const started = await calls.retry(dir, ['4', '1'], { ...RETRY, prompt: 'mine', model: 'other' });
    expect(started).toMatchObject({ examples: 2 });
    await idle(calls, dir);
    expect(scene.asked().sort()).toEqual(['Task 1', 'Task 4']);
    expect(models).toEqual(['other', 'other']);
    const [last] = readLines(join(dir, 'attempts.jsonl')).slice(-1);
    expect(last).toMatchObject({ purpose: 'retry', prompt: MINE.hash, temperature: 0.7, maxTokens: 99 });
    expect(outcomesOf(dir)).toEqual(
      someIds(6).map((id) => [id, id === '1' || id === '4' ? 'refined' : 'kept']),
    );
    const refined = JSON.parse(readFileSync(join(dir, 'refined.json'), 'utf8'));
    expect(refined[4].output).toBe(`${refinedText('Task 4')} Twice.`);
  });

  test('asks as the run does unless told otherwise, also where a person decided', async () => {
    const scene = await setCallsScene();
    const dir = await startAndFinish(scene);
    await recordDecisions(dir, [{ v: 1, example: '2', at: new Date().toISOString(), action: 'reject' }]);
    const calls = await scene.openCalls();
    await calls.retry(dir, ['2'], { ...RETRY, temperature: 0.4, budgetTokens: 1_000_000 });
    await idle(calls, dir);
    expect(settingsOf(dir).budgetTokens).toBe(1_000_000);
    const [first, ...rest] = readLines(join(dir, 'attempts.jsonl')).filter(({ example }) => example === '2');
    expect(rest).toEqual([expect.objectContaining({ purpose: 'retry', temperature: 0.4 })]);
    expect(rest[0]?.prompt).toBe(first?.prompt);
    expect(outcomesOf(dir)[2]).toEqual(['2', 'kept']);
  });

  test('refuses an example that is not in the run, and gives the run back', async () => {
    const scene = await setCallsScene();
    const dir = await startAndFinish(scene);
    const calls = await scene.openCalls();
    await expect(calls.retry(dir, ['99'], RETRY)).rejects.toMatchObject({ code: 'usage' });
    expect(calls.state(dir).call).toBe('idle');
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });
});

describe('what ends a call early is kept, and the next call goes on', () => {
  test('a budget', async () => {
    const usage = { prompt_tokens: 2000, completion_tokens: 100, total_tokens: 2100 };
    const scene = await setCallsScene({
      rows: makeRows(12),
      script: (instruction) => answerCompletion(reply(refinedText(instruction)), { usage }),
    });
    const calls = await scene.openCalls();
    const dir = folderOf(scene, await calls.start({ ...BODY, budgetTokens: 10_000, maxTokens: 100 }));
    await idle(calls, dir);
    const { failure } = calls.state(dir);
    expect(failure).toMatchObject({
      code: 'budget_spent',
      facts: { found: expect.stringContaining('of 10,000 tokens') },
    });
    const asked = scene.asked().length;
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(12);
    // The run's own budget stays in force.
    await calls.resume(dir, {});
    await idle(calls, dir);
    expect(calls.state(dir).failure).toMatchObject({ code: 'budget_spent' });
    expect(scene.asked()).toHaveLength(asked);
    await calls.resume(dir, { budgetTokens: 10_000_000 });
    await idle(calls, dir);
    expect(calls.state(dir).failure).toBeNull();
    expect(attemptedIn(dir)).toEqual(someIds(12));
  });

  test.each([
    ['a key that is refused', 401, 'model_refused'],
    ['a server that fails', 503, 'outage'],
  ])(
    '%s',
    async (_, status, code) => {
      let isBroken = true;
      const scene = await setCallsScene({
        rows: makeRows(4),
        script: () => (isBroken ? answerError(status, 'no') : undefined),
      });
      const calls = await scene.openCalls();
      const dir = folderOf(scene, await calls.start(BODY));
      await idle(calls, dir);
      expect(calls.state(dir)).toMatchObject({ call: 'idle', failure: { code } });
      expect(outcomesOf(dir)).toEqual(someIds(4).map((id) => [id, 'pending']));
      isBroken = false;
      await calls.resume(dir, {});
      await idle(calls, dir);
      expect(calls.state(dir).failure).toBeNull();
      expect(outcomesOf(dir)).toEqual(someIds(4).map((id) => [id, 'refined']));
    },
    60_000,
  );

  test.skipIf(!smallDisk)(
    'a full disk; no answer that was paid for is lost (needs the right to mount a disk)',
    async () => {
      const dataset = join(makeFolder(), 'data.json');
      // The replies of this server repeat the instruction, so they are as long.
      const long = makeRows(200).map((row) => ({
        ...row,
        instruction: `${row.instruction}: ${'word '.repeat(1200)}`,
      }));
      writeFileSync(dataset, JSON.stringify(long));
      const server = await startPacedServer();
      onTestFinished(() => server.stop());
      type Told = Record<'full' | 'end', { failure: unknown; lines: number }> & { again: unknown };
      const script = 'server/children/fill-disk.ts';
      const told = runOnSmallDisk<Told>(8 * 1024, script, [dataset, server.url]);
      expect(told).toMatchObject({ full: { failure: 'environment' }, again: 'environment' });
      expect(told.full.lines).toBeGreaterThan(30);
      expect(told.full.lines).toBeLessThan(200);
      expect(told.end).toEqual({ failure: null, lines: 200 });
      await server.quiet();
      expect(server.takeReceived()).toHaveLength(200);
    },
    60_000,
  );

  test('a training set that cannot be written', async () => {
    const held = new HeldAnswers(0);
    const scene = await setCallsScene({ script: held.script });
    const calls = await scene.openCalls();
    const dir = folderOf(scene, await calls.start(BODY));
    await held.received(4);
    // What stands in the place of a file cannot be replaced by it.
    mkdirSync(join(dir, 'refined.json', 'full'), { recursive: true });
    held.letGo();
    await idle(calls, dir);
    expect(calls.state(dir).failure).toMatchObject({ code: expect.any(String) });
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });
});

describe('a run that another process sends for', () => {
  test('is refused in the words of the lock, and asked nothing', async () => {
    const scene = await setCallsScene();
    const dir = await startAndFinish(scene, { limit: 2 });
    const holder = runChild('run/children/hold-lock.ts', [join(dir, 'lock')]);
    await holder.said('ready');
    holder.tell('\n');
    await holder.said('taken by');
    scene.forget();
    const calls = await scene.openCalls();
    for (const call of waysTo(calls, dir)) {
      await expect(call()).rejects.toMatchObject({
        code: 'run_locked',
        facts: { found: expect.stringContaining('process ') },
      });
    }
    holder.tell('\n');
    await holder.ended;
    await calls.resume(dir, {});
    await idle(calls, dir);
    expect(scene.asked()).toHaveLength(4);
  });
});

describe('what is expected to cost much', () => {
  /** The model costs so much that a few examples come to more than a dollar. */
  async function dearScene(): ReturnType<typeof setCallsScene> {
    const scene = await setCallsScene({ rows: makeRows(3), env: { BURNISH_PRICES: 'prices.json' } });
    const price = { inputUsdPerMTok: 10_000, outputUsdPerMTok: 10_000 };
    writeFileSync(join(scene.folder, 'prices.json'), JSON.stringify({ m: price }));
    return scene;
  }
  const REFUSED = { code: 'cost_not_agreed', status: 409 };

  test('is not begun until somebody agrees', async () => {
    const scene = await dearScene();
    const calls = await scene.openCalls();
    await expect(calls.start(BODY)).rejects.toMatchObject(REFUSED);
    expect(existsSync(scene.runsFolder)).toBe(false);
    expect(scene.asked()).toEqual([]);
    const dir = folderOf(scene, await calls.start({ ...BODY, limit: 1, agreed: true }));
    await idle(calls, dir);
    await expect(calls.resume(dir, {})).rejects.toMatchObject(REFUSED);
    await expect(calls.retry(dir, ['0', '1', '2'], RETRY)).rejects.toMatchObject(REFUSED);
    expect(scene.asked()).toHaveLength(1);
    await calls.resume(dir, { agreed: true });
    await idle(calls, dir);
    await calls.retry(dir, ['0'], { ...RETRY, agreed: true });
    await idle(calls, dir);
    expect(scene.asked()).toHaveLength(4);
  });

  test('is begun with a budget, which says how much it may cost', async () => {
    const scene = await dearScene();
    const calls = await scene.openCalls();
    await idle(calls, folderOf(scene, await calls.start({ ...BODY, budgetUsd: 500 })));
    expect(scene.asked()).toHaveLength(3);
  });
});
