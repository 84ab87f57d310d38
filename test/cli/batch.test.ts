import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BatchScript } from '../support/batch-script.js';
import { type BatchServer, startBatchServer } from '../support/batch-server.js';
import { burnish, type Ended, makeFolder, type Running, startBurnish } from '../support/cli.js';
import { instructionIn, makeRows, namesFindings, readLines, refinedText, reply } from './scene.js';

interface BatchStage {
  readonly folder: string;
  readonly server: BatchServer;
  run(...args: readonly string[]): Promise<Ended>;
  /** `burnish refine data.json --model m --base-url ...`, and these arguments. */
  refine(...args: readonly string[]): Promise<Ended>;
  startRefine(...args: readonly string[]): Running;
  runFolder(): string;
  lines(name: string): Record<string, unknown>[];
  /** Resolves when this many lines of a file of the run fit. */
  written(name: string, fits: (line: Record<string, unknown>) => boolean, count?: number): Promise<void>;
}

async function setStage(count: number, script: BatchScript = {}): Promise<BatchStage> {
  const server = await startBatchServer(script);
  onTestFinished(() => server.close());
  const folder = makeFolder();
  writeFileSync(join(folder, 'data.json'), JSON.stringify(makeRows(count)));
  const surroundings = { cwd: folder };
  const command = (args: readonly string[]) => [
    ...['refine', 'data.json', '--all', '--model', 'm', '--base-url', server.url],
    ...args,
  ];
  const runFolder = () => join(folder, 'runs', readdirSync(join(folder, 'runs'))[0] ?? '');
  const lines = (name: string) => readLines(join(runFolder(), name));
  return {
    folder,
    server,
    run: (...args) => burnish(args, surroundings),
    refine: (...args) => burnish(command(args), surroundings),
    startRefine: (...args) => startBurnish(command(args), surroundings),
    runFolder,
    lines,
    written: async (name, fits, count = 1) => {
      const there = () =>
        existsSync(join(folder, 'runs')) &&
        readdirSync(join(folder, 'runs')).length > 0 &&
        existsSync(join(runFolder(), name)) &&
        // The last line may be half written at this moment.
        readFileSync(join(runFolder(), name), 'utf8')
          .split('\n')
          .slice(0, -1)
          .filter((line) => fits(JSON.parse(line))).length >= count;
      while (!there()) await sleep(10);
    },
  };
}

const happened = (kind: string) => (line: Record<string, unknown>) => line.kind === kind;

function expectOnceEach({ server }: BatchStage, count: number): void {
  expect(Object.values(server.counts.byMessage)).toEqual(Array(count).fill(1));
  expect(Object.values(server.counts.byCustomId).every((times) => times === 1)).toBe(true);
}

const trainingSet = (stage: BatchStage) => readFileSync(join(stage.runFolder(), 'refined.json'), 'utf8');

async function onlineTrainingSet(count: number): Promise<string> {
  const stage = await setStage(count);
  expect((await stage.refine()).status).toBe(0);
  return trainingSet(stage);
}

const PRICES = ['--price-in', '1000', '--price-out', '1000', '--yes'];

describe('refine --batch', () => {
  test('leads to the same training set as single requests, at half the price', async () => {
    const online = await setStage(12);
    const single = JSON.parse((await online.refine('--json', ...PRICES)).stdout);
    const stage = await setStage(12);
    const ended = await stage.refine('--batch', '--json', ...PRICES);
    expect(ended.status).toBe(0);
    const batched = JSON.parse(ended.stdout);
    expect(trainingSet(stage)).toBe(trainingSet(online));
    expect(batched.spending.costUsd).toBeCloseTo(single.spending.costUsd / 2);
    expect(batched.outcomes).toEqual(single.outcomes);
    expect(batched.batches).toMatchObject([{ serverId: 'batch_1', requests: 12, end: 'collected' }]);
    expectOnceEach(stage, 12);
    expect(stage.server.counts.calls.chat).toBe(0);
    expect(ended.stderr).toContain('batch batch_1: sent, 12 requests');
    expect(ended.stderr).toContain('batch batch_1: completed, 12 of 12 done');
    const status = await stage.run('status');
    expect(status.status).toBe(0);
    expect(status.stdout).toMatch(/batch_1: 12 requests, collected; 12 of 12 done, 0 failed/);
  });

  test('a plan at half the price', async () => {
    const stage = await setStage(4);
    const plan = async (...args: string[]) =>
      JSON.parse((await stage.refine('--dry-run', '--json', ...PRICES, ...args)).stdout).plan;
    const [single, batched] = [await plan(), await plan('--batch')];
    expect(batched.costUsd).toBeCloseTo(single.costUsd / 2);
    expect(batched).toMatchObject({ batch: true, examples: 4 });
  });

  test('with a limit on waiting tokens, one part after the other', async () => {
    const stage = await setStage(6);
    const { status } = await stage.refine('--batch-max-tokens', '5000');
    expect(status).toBe(0);
    expect(stage.server.counts.batches).toBeGreaterThan(1);
    expectOnceEach(stage, 6);
  });

  test('what a batch leaves open is sent again: expiry, refused, missing, doubled, torn lines', async () => {
    const stage = await setStage(9, {
      fates: [
        { end: 'expired', worked: 6, refuse: { 1: 500 }, doubled: [0], strangers: 1, torn: true },
        { missing: [2] },
      ],
    });
    const ended = await stage.refine('--batch');
    expect(ended.status).toBe(0);
    expect(trainingSet(stage)).toBe(await onlineTrainingSet(9));
    expect(ended.stderr).toContain('1 line for requests that had one');
    expect(ended.stderr).toContain('1 line torn or not readable');
    expect(ended.stderr).toContain('1 request without a line, maybe charged');
    expect(stage.server.counts.batches).toBe(3);
  });

  test('stops at the budget, and goes on with a larger one', async () => {
    const stage = await setStage(4);
    const sampling = ['--batch', '--max-tokens', '100'];
    const plan = await setStage(4);
    await plan.refine(...sampling);
    const [{ requests }] = plan.lines('batches.jsonl') as [{ requests: { promptTokens: number }[] }];
    // Room for the dearest request alone, and for another only once the first turns out to have used less.
    const budget = String(Math.max(...requests.map(({ promptTokens }) => promptTokens)) + 100 + 20);
    const first = await stage.refine(...sampling, '--budget-tokens', budget);
    expect(first.status).toBe(4);
    expect(first.stderr).toContain('stopped at the budget');
    const asked = Object.keys(stage.server.counts.byMessage).length;
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(4);
    expect((await stage.refine(...sampling, '--budget-tokens', '100000')).status).toBe(0);
    expectOnceEach(stage, 4);
  });

  test.each([
    [{ code: 'invalid_json_line', message: 'No JSON.', line: 2 }, 'invalid_json_line, No JSON., line 2'],
    [{ code: 'token_limit_exceeded', message: 'Enqueued token limit reached.' }, '--batch-max-tokens'],
  ])('a batch that the server fails as a whole: %o', async (failure, words) => {
    const stage = await setStage(3, { fates: [{ failure }] });
    const ended = await stage.refine('--batch');
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain(words);
    expect(stage.lines('attempts.jsonl')).toEqual([]);
    expect((await stage.refine('--batch')).status).toBe(0);
    expectOnceEach(stage, 3);
  });

  test('a model that is not behind an OpenAI-compatible server is refused', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'data.json'), JSON.stringify(makeRows(1)));
    const args = ['refine', 'data.json', '--model', 'anthropic:claude', '--batch'];
    const ended = await burnish(args, { cwd: folder, env: { ANTHROPIC_API_KEY: 'sk-ant-x' } });
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('Batches need an OpenAI-compatible server');
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });
});

describe('repairs', () => {
  /** The examples 1 and 3 fail until a repair is asked for. */
  const repairable = (message: string) => ({
    content:
      !namesFindings(message) && /Task [13]$/.test(instructionIn(message))
        ? 'A critique.'
        : reply(refinedText(instructionIn(message))),
  });

  test('go in a further batch, and Ctrl-C leaves them to the server with status 130', async () => {
    const stage = await setStage(5, { reply: repairable, fates: [{}, { polls: null }] });
    const running = stage.startRefine('--batch');
    await running.says('batch batch_2: sent, 2 repairs');
    await running.says('batch_2: in_progress');
    running.kill('SIGINT');
    const { status, stderr } = await running.ended;
    expect(status).toBe(130);
    expect(stderr).toContain('Detached.');
    expect(stderr).toContain('2 still to be repaired');
    const single = await stage.refine();
    expect(single.stderr).toContain('in batches: 2 examples, left alone');
    expect(single.stderr).toContain('(5 of 5 done before)');
    expect(stage.server.counts.calls.chat).toBe(0);
    stage.server.finish();
    const ended = await stage.refine('--batch');
    expect(ended.status).toBe(0);
    expect(ended.stderr).toContain('2 examples asked again, 2 pass now');
    expect(Object.values(stage.server.counts.byMessage)).toEqual(Array(7).fill(1));
    expect(trainingSet(stage)).toContain(refinedText('Task 3').slice(0, 15));
  });

  test('of a killed process are collected, not sent again', async () => {
    const stage = await setStage(5, { reply: repairable, fates: [{}, { polls: null }] });
    const running = stage.startRefine('--batch');
    await running.says('batch_2: in_progress');
    running.kill('SIGKILL');
    await running.ended;
    stage.server.finish();
    expect((await stage.refine('--batch')).status).toBe(0);
    expect(stage.server.counts.batches).toBe(2);
    expect(Object.values(stage.server.counts.byMessage)).toEqual(Array(7).fill(1));
  });
});

describe('killed at any moment, nothing is asked twice and no answer is lost', () => {
  async function killAndGoOn(
    stage: BatchStage,
    moment: (running: Running) => Promise<void>,
    then: () => void = () => {},
  ): Promise<Ended> {
    const running = stage.startRefine('--batch');
    await moment(running);
    running.kill('SIGKILL');
    await running.ended;
    then();
    const ended = await stage.refine('--batch');
    expect(ended.status).toBe(0);
    expect(trainingSet(stage)).toBe(await onlineTrainingSet(8));
    expectOnceEach(stage, 8);
    return ended;
  }

  test('while its file is uploaded', async () => {
    const stage = await setStage(8, { faults: { upload: ['stall'] } });
    await killAndGoOn(stage, async () => {
      while (stage.server.counts.calls.upload === 0) await sleep(10);
    });
    expect(stage.server.counts.calls.list).toBe(0);
  });

  test('while the batch is being created, which never came to be', async () => {
    const stage = await setStage(8, { faults: { create: ['stall'] } });
    await killAndGoOn(stage, async () => {
      await stage.written('batches.jsonl', happened('uploaded'));
      while (stage.server.counts.calls.create === 0) await sleep(10);
    });
    expect(stage.server.counts.batches).toBe(1);
  });

  test('after the batch was created, before anybody said so', async () => {
    const stage = await setStage(8, { faults: { create: ['lost'], list: ['stall'] }, listLag: 1 });
    const { stderr } = await killAndGoOn(stage, async () => {
      while (stage.server.counts.calls.list === 0) await sleep(10);
    });
    expect(stderr).toContain('Found batch batch_1');
    expect(stage.server.counts.batches).toBe(1);
  });

  test('while the batch is waited for', async () => {
    const stage = await setStage(8, { fates: [{ polls: null }] });
    await killAndGoOn(
      stage,
      (running) => running.says('batch_1: in_progress'),
      () => stage.server.finish(),
    );
    expect(stage.server.counts.calls.upload).toBe(1);
  });

  test('in the middle of collecting', async () => {
    const stage = await setStage(8, { faults: { content: [{ cutAfterBytes: 2500 }, 'stall'] } });
    await killAndGoOn(stage, async () => {
      while (stage.server.counts.calls.content < 2) await sleep(10);
      await stage.written('attempts.jsonl', () => true, 2);
    });
    const ids = stage.lines('attempts.jsonl').map(({ example }) => example);
    expect(ids).toHaveLength(8);
    expect(stage.server.counts.calls.upload).toBe(1);
  });
});

describe('a batch that is left to the server', () => {
  /** A run whose batch of 5 is in progress, and nobody waits for it. */
  async function detach(script: BatchScript = { fates: [{ polls: null, end: 'cancelled', worked: 2 }] }) {
    const stage = await setStage(5, script);
    const running = stage.startRefine('--batch');
    await running.says('batch_1: in_progress');
    running.kill('SIGINT');
    return { stage, ended: await running.ended };
  }

  test('Ctrl-C detaches, and says how to go on', async () => {
    const { stage, ended } = await detach({ fates: [{ polls: null }] });
    expect(ended.status).toBe(130);
    expect(ended.stderr).toMatch(
      /Detached\. The batch goes on at the server: `burnish refine --run runs\/\S+ --batch` collects, `burnish cancel runs\/\S+` cancels/,
    );
    expect(ended.stderr).toContain('1 batch waits at the server, 5 requests');
    const { batches } = JSON.parse((await stage.run('status', '--json')).stdout);
    expect(batches).toMatchObject([{ serverId: 'batch_1', status: 'in_progress', end: null }]);
    stage.server.finish();
    expect((await stage.run('refine', '--run', stage.runFolder(), '--batch')).status).toBe(0);
    expectOnceEach(stage, 5);
  });

  test('its examples are not asked by single requests', async () => {
    const { stage } = await detach({ fates: [{ polls: null }] });
    const refine = await stage.refine();
    expect(refine.status).toBe(3);
    expect(refine.stderr).toContain('in batches: 5 examples, left alone');
    const retry = await stage.run('retry', '--ids', '0,1');
    expect(retry.status).toBe(3);
    expect(retry.stderr).toContain('in batches: 2 examples, left alone');
    expect(stage.server.counts.calls.chat).toBe(0);
    const plan = JSON.parse((await stage.refine('--dry-run', '--json')).stdout).plan;
    expect(plan).toMatchObject({ examples: 0, settled: 0, later: 5 });
  });

  test('cancel ends it, and the next call collects what was done and sends the rest', async () => {
    const { stage } = await detach();
    const cancelled = await stage.run('cancel', '--json');
    expect(cancelled.status).toBe(0);
    expect(JSON.parse(cancelled.stdout).batches).toMatchObject([
      { serverId: 'batch_1', result: 'cancelling', requests: 5 },
    ]);
    const again = await stage.run('cancel');
    expect(again.stdout).toMatch(/batch batch_1: (cancelling|cancelled)/);
    expect(again.stdout).toContain('is collected by the next `burnish refine --run');
    expect((await stage.refine('--batch')).status).toBe(0);
    expectOnceEach(stage, 5);
    expect(stage.server.counts.batches).toBe(2);
    expect((await stage.run('cancel')).stdout).toContain('No batch of this run is at the server');
  });

  test('cancel also ends what another process waits for, which then leaves the rest alone', async () => {
    const stage = await setStage(5, { fates: [{ polls: null, worked: 2 }] });
    const running = stage.startRefine('--batch');
    await running.says('batch_1: in_progress');
    expect((await stage.run('cancel')).status).toBe(0);
    const ended = await running.ended;
    expect(ended.status).toBe(3);
    expect(stage.lines('attempts.jsonl').filter(({ reply }) => reply !== null)).toHaveLength(2);
    expect(stage.server.counts.batches).toBe(1);
  });

  test('a batch that is gone is given up only when that is said', async () => {
    const { stage } = await detach({ fates: [{ polls: null }] });
    const gone = { status: 404, message: 'No such batch.' };
    stage.server.change({ faults: { retrieve: Array(9).fill(gone) } });
    const refine = await stage.refine('--batch');
    expect(refine.status).toBe(2);
    expect(refine.stderr).toContain('burnish cancel --forget');
    expect((await stage.run('cancel')).status).toBe(2);
    const forgotten = await stage.run('cancel', '--forget');
    expect(forgotten.stdout).toContain('given up');
    stage.server.change({ faults: {} });
    expect((await stage.refine('--batch')).status).toBe(0);
    // What it may have cost counts on.
    const { committed, spending } = JSON.parse((await stage.run('status', '--json')).stdout);
    expect(committed.tokens).toBeGreaterThan(spending.promptTokens + spending.completionTokens);
  });

  test('is not looked for at another server', async () => {
    const { stage } = await detach({ fates: [{ polls: null }] });
    const other = await startBatchServer();
    onTestFinished(() => other.close());
    for (const command of [['refine', '--batch'], ['cancel']]) {
      const [name = '', ...args] = command;
      const options = name === 'refine' ? ['--run', stage.runFolder()] : [stage.runFolder()];
      const ended = await stage.run(name, ...options, ...args, '--base-url', other.url);
      expect(ended.status).toBe(2);
      expect(ended.stderr).toContain(stage.server.url);
    }
    expect(other.requests).toEqual([]);
    stage.server.finish();
    expect((await stage.refine('--batch')).status).toBe(0);
    expectOnceEach(stage, 5);
  });
});

test('a key never reaches the journal of batches or the terminal', async () => {
  const server = await startBatchServer({
    fates: [{ failure: { code: 'bad', message: 'Your key: sk-secret12345' } }],
  });
  onTestFinished(() => server.close());
  const folder = makeFolder();
  writeFileSync(join(folder, 'data.json'), JSON.stringify(makeRows(2)));
  const url = server.url.replace('//', '//me:password12345@');
  const args = ['refine', 'data.json', '--model', 'm', '--base-url', url, '--batch', '--run', 'mine'];
  const ended = await burnish(args, { cwd: folder, env: { OPENAI_API_KEY: 'sk-secret12345' } });
  expect(ended.status).toBe(2);
  const told = `${ended.stderr}${readFileSync(join(folder, 'mine/batches.jsonl'), 'utf8')}`;
  expect(told).toContain('Your key:');
  expect(told).not.toMatch(/secret12345|password12345/);
});
