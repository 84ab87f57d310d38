import { fork } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../../src/prompt/load-prompt.js';
import { renderPrompt } from '../../src/prompt/render-prompt.js';
import { readSelection } from '../../src/run/selection-file.js';
import { burnish, makeFolder, startBurnish } from '../support/cli.js';
import { realData } from '../support/real-data.js';
import { makeRows, readLines } from './scene.js';

const CONCURRENCY = 16;

/** A server in a process of its own that tells what it receives and answers. */
interface PacedServer {
  readonly url: string;
  /** The user messages received since the last call. */
  takeReceived(): string[];
  /** Resolves when so many requests more were answered. */
  answers(count: number): Promise<void>;
  /** Resolves when all that was sent to the server has been received. */
  quiet(): Promise<void>;
}

async function startPacedServer(): Promise<PacedServer> {
  const child = fork(fileURLToPath(new URL('../support/paced-server.ts', import.meta.url)), {
    execArgv: ['--no-warnings'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let received: string[] = [];
  let toCome = Number.POSITIVE_INFINITY;
  let reached = (): void => {};
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.on('message', (message: { url?: string; received?: string; answered?: string }) => {
      if (message.url !== undefined) resolve(message.url);
      if (message.received !== undefined) received.push(message.received);
      if (message.answered !== undefined && --toCome === 0) reached();
    });
  });
  return {
    url,
    takeReceived: () => {
      const taken = received;
      received = [];
      return taken;
    },
    answers: (count) =>
      new Promise((resolve) => {
        toCome = count;
        reached = resolve;
      }),
    quiet: async () => {
      for (let before = -1; before !== received.length; await sleep(100)) before = received.length;
    },
  };
}

/** A run killed after so many answers, begun again, killed again, and so on, beside one that nobody disturbed. */
async function killAndGoOn(
  dataset: string,
  selection: readonly string[],
  total: number,
  kills: readonly number[],
): Promise<void> {
  const cwd = makeFolder();
  const server = await startPacedServer();
  const command = (run: string): string[] => [
    ...['refine', dataset, ...selection, '--run', run, '-o', `${run}.json`],
    ...['--model', 'm', '--base-url', server.url, '--repair', '0', '--concurrency', String(CONCURRENCY)],
  ];
  expect((await burnish(command('unbroken'), { cwd })).status).toBe(0);
  const idOf = await idsByMessage(join(cwd, 'unbroken'));
  const asked = (): string[] => server.takeReceived().map((message) => idOf.get(message) ?? 'unknown');
  expect(new Set(asked()).size).toBe(total);

  let stored: Set<string> = new Set();
  for (const answers of kills) {
    const reached = server.answers(answers);
    const running = startBurnish(command('broken'), { cwd });
    await reached;
    running.kill('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    await server.quiet();
    const received = asked();
    expect(received.filter((id) => stored.has(id))).toEqual([]);
    expect(new Set(received).size).toBe(received.length);
    stored = storedIn(join(cwd, 'broken'));
    expect(received.filter((id) => !stored.has(id)).length).toBeLessThanOrEqual(CONCURRENCY);
  }
  expect((await burnish(command('broken'), { cwd })).status).toBe(0);
  const rest = asked();
  expect(rest.filter((id) => stored.has(id))).toEqual([]);
  expect(rest).toHaveLength(total - stored.size);
  expect(readLines(join(cwd, 'broken/attempts.jsonl'))).toHaveLength(total);
  expect(storedIn(join(cwd, 'broken')).size).toBe(total);
  for (const file of ['.json', '/ledger.jsonl', '/selection.jsonl']) {
    expect(readFileSync(join(cwd, `broken${file}`))).toEqual(readFileSync(join(cwd, `unbroken${file}`)));
  }
}

/** The id of the example that each user message is about. */
async function idsByMessage(run: string): Promise<Map<string, string>> {
  const prompt = await loadPrompt(DEFAULT_PROMPT_FILE);
  const selection = await readSelection(join(run, 'selection.jsonl'), 'alpaca');
  return new Map(
    selection.map((example) => [renderPrompt(prompt, example).at(-1)?.content ?? '', example.id]),
  );
}

/** The examples whose replies are in the run; a last line that the kill cut off is none. */
function storedIn(run: string): Set<string> {
  const lines = readFileSync(join(run, 'attempts.jsonl'), 'utf8').split('\n').slice(0, -1);
  return new Set(lines.map((line) => JSON.parse(line).example));
}

describe('a killed run loses only what was sent and not yet answered, and ends as if nothing had happened', () => {
  test('200 examples, killed after 1, 60, 120 and 60 answers', async () => {
    const dataset = join(makeFolder(), 'data.json');
    writeFileSync(dataset, JSON.stringify(makeRows(200)));
    await killAndGoOn(dataset, ['--all'], 200, [1, 59, 60, 60]);
  }, 60_000);

  const alpaca = realData('alpaca_data.json');
  test.skipIf(alpaca === undefined)(
    'the 1,000 longest of 52,002, killed after 300, 600 and 900 answers (needs alpaca_data.json)',
    async () => {
      await killAndGoOn(alpaca ?? '', ['--top', '1000', '--by', 'chars'], 1000, [300, 300, 300]);
    },
    120_000,
  );
});

test('a run can be killed at any moment from its first on', async () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'data.json'), JSON.stringify(makeRows(60)));
  const server = await startPacedServer();
  const command = ['refine', 'data.json', '--model', 'm', '--base-url', server.url, '--run', 'mine'];
  for (let ms = 20; ms <= 500; ms += 40) {
    const running = startBurnish(command, { cwd });
    await sleep(ms);
    running.kill('SIGKILL');
    await running.ended;
  }
  expect((await burnish(command, { cwd })).status).toBe(0);
  expect(
    readLines(join(cwd, 'mine/attempts.jsonl'))
      .map(({ example }) => example)
      .sort(),
  ).toEqual(Array.from({ length: 60 }, (_, index) => String(index)).sort());
  expect(JSON.parse(readFileSync(join(cwd, 'mine/refined.json'), 'utf8'))).toHaveLength(60);
  expect(readdirSync(join(cwd, 'mine')).filter((name) => name.includes('lock'))).toEqual([]);
});
