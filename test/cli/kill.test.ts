import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Moment, startBrokenRun } from '../support/broken-run.js';
import { burnish, makeFolder, PROGRAM, startBurnish } from '../support/cli.js';
import { type PacedServer, startPacedServer } from '../support/paced-process.js';
import { realData } from '../support/real-data.js';
import { makeRows, readLines } from './scene.js';

async function startServer(): Promise<PacedServer> {
  const server = await startPacedServer();
  onTestFinished(() => server.stop());
  return server;
}

/** A run killed at one moment, begun again, killed again, and so on, beside one that nobody disturbed. */
async function killAndGoOn(
  dataset: string,
  selection: readonly string[],
  total: number,
  moments: readonly Moment[],
): Promise<void> {
  const server = await startServer();
  const folder = makeFolder();
  const run = await startBrokenRun({
    ...{ program: PROGRAM, folder, dataset, selection, server },
    concurrency: 16,
  });
  expect(run.total).toBe(total);
  for (const moment of moments) {
    const after = await run.kill(moment);
    expect(after).toMatchObject({ ended: false, violations: [] });
    // The server says that it answered before the client has read it.
    expect(after.stored + after.lost).toBeGreaterThanOrEqual(moment.answers);
  }
  expect(await run.finish()).toEqual([]);
}

const afterAnswers = (...counts: readonly number[]): Moment[] =>
  counts.map((answers) => ({ answers, delayMs: 0 }));

describe('a killed run loses only what was sent and not yet answered, and ends as if nothing had happened', () => {
  test('200 examples, killed after 1, 60, 120 and 180 answers', async () => {
    const dataset = join(makeFolder(), 'data.json');
    writeFileSync(dataset, JSON.stringify(makeRows(200)));
    await killAndGoOn(dataset, ['--all'], 200, afterAnswers(1, 59, 60, 60));
  }, 60_000);

  const alpaca = realData('alpaca_data.json');
  test.skipIf(alpaca === undefined)(
    'the 1,000 longest of 52,002, killed after 300, 600 and 900 answers (needs alpaca_data.json)',
    async () => {
      const selection = ['--top', '1000', '--by', 'chars'];
      await killAndGoOn(alpaca ?? '', selection, 1000, afterAnswers(300, 300, 300));
    },
    120_000,
  );
});

test('a run can be killed at any moment from its first on', async () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'data.json'), JSON.stringify(makeRows(60)));
  const server = await startServer();
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
  expect(readdirSync(cwd).sort()).toEqual(['data.json', 'mine']);
  const left = readdirSync(join(cwd, 'mine')).filter((name) => /^\.|lock|ballast/.test(name));
  expect(left).toEqual([]);
});
