// Measures a run in memory, without HTTP: how long it takes to open, what other requests wait for meanwhile, and how long
// queries, records and decisions take; docs/performance.md has the figures of the service around it.
//
//   npm run bench:open-run [-- --records 1000,52000]

import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_SUITE } from '../src/checks/index.ts';
import type { Example } from '../src/dataset/example.ts';
import { parsePrompt } from '../src/prompt/parse-prompt.ts';
import type { RecordFilter } from '../src/report/record-query.ts';
import { ATTEMPT_VERSION, type Attempt } from '../src/run/attempt.ts';
import { createRun } from '../src/run/create-run.ts';
import type { Manifest } from '../src/run/manifest.ts';
import { KeptRun } from '../src/server/kept-run.ts';
import { seededRandom, words } from './dataset.ts';
import { median } from './median.ts';
import { layOut } from './table.ts';

const ALL: RecordFilter = { outcome: [], verdict: [], check: [], change: [], decision: [], q: '' };
/** As often as a figure is taken. */
const TIMES = 15;
/** Longer than a run waits between two looks at its files. */
const LOOK_MS = 120;

const PROMPT = parsePrompt(
  '---\nname: bench\nversion: 1\nreply: better-answer\ntemperature: 0\nmax_output_tokens: 1024\n---\n' +
    '# System\nImprove.\n# User\n{{instruction}} {{response}}\n# User with input\n{{instruction}} {{input}} {{response}}\n',
  'bench.md',
);

const { values } = parseArgs({ options: { records: { type: 'string', default: '1000,52000' } } });
console.log(`Node.js ${process.version}; the median and the slowest of ${TIMES}\n`);
for (const records of values.records.split(',').map(Number)) {
  if (!Number.isInteger(records) || records < 2) throw new Error('--records takes whole numbers, 2 or more');
  const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
  try {
    console.log(`${layOut(await measure(join(folder, 'run'), records))}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All figures of a run with so many records. */
async function measure(dir: string, records: number): Promise<string[][]> {
  await makeAnsweredRun(dir, records);
  const emptyBytes = liveBytes();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startMs = performance.now();
  const run = await KeptRun.open({ dir, suiteOf: async () => DEFAULT_SUITE, onFault: console.error });
  const openMs = performance.now() - startMs;
  delay.disable();
  const openBytes = liveBytes() - emptyBytes;
  const decide = async (take: number) => {
    await run.decide(String(take), { action: take % 2 === 0 ? 'accept' : 'reject' });
  };
  // Every decision makes all that was remembered of queries void, so that the next query is a new one.
  const asNew = async (ask: () => unknown) => {
    const times: number[] = [];
    for (let take = 0; take < TIMES; take++) {
      await decide(take);
      times.push(await timeMs(ask));
    }
    return times;
  };
  const query = (filter: Partial<RecordFilter>, order: 'id' | 'change' = 'id') =>
    run.query({ ...ALL, ...filter }, order, 1, 50);
  const again = async (ask: (take: number) => unknown) => {
    const times: number[] = [];
    for (let take = 0; take < TIMES; take++) times.push(await timeMs(() => ask(take)));
    return times;
  };
  const lines: string[][] = [
    [`${records.toLocaleString('en-US')} records`, 'median', 'slowest'],
    ['opened', `${openMs.toFixed(0)} ms`, ''],
    ['  longest wait of others meanwhile', '', `${(delay.max / 1e6).toFixed(0)} ms`],
    ['  memory', `${(openBytes / 2 ** 20).toFixed(0)} MB`, ''],
    ['decision', ...figures(await again(decide))],
    ['first query after a change: all', ...figures(await asNew(() => query({})))],
    ['  flagged, by change', ...figures(await asNew(() => query({ verdict: ['flag'] }, 'change')))],
    ['  with a text', ...figures(await asNew(() => query({ q: 'because' })))],
    ['same query again', ...figures(await again(() => query({})))],
    ['overview after a change', ...figures(await asNew(() => run.overview()))],
    ['record, first time', ...figures(await again((take) => run.detail(String(records - 1 - take))))],
    ['record again', ...figures(await again((take) => run.detail(String(records - 1 - take))))],
    ['reply of another process taken in', ...figures(await replies(run, dir))],
  ];
  await run.close();
  return lines;
}

async function replies(run: KeptRun, dir: string): Promise<number[]> {
  const random = seededRandom(7);
  const times: number[] = [];
  for (let take = 0; take < TIMES; take++) {
    const line = attemptAt(String(take), 2, words(random, 400));
    appendFileSync(join(dir, 'attempts.jsonl'), `${JSON.stringify(line)}\n`);
    await sleep(LOOK_MS);
    times.push(await timeMs(() => run.refresh()));
  }
  return times;
}

/** Bytes that are in use, without what could be freed. */
function liveBytes(): number {
  if (globalThis.gc === undefined) throw new Error('Node.js was not started with --expose-gc.');
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function timeMs(ask: () => unknown): Promise<number> {
  const startMs = performance.now();
  await ask();
  return performance.now() - startMs;
}

function figures(times: readonly number[]): string[] {
  return [median(times), Math.max(...times)].map((ms) => `${ms.toFixed(2)} ms`);
}

/** A run of made-up examples, each of which was answered once; one answer in ten says what the original says. */
async function makeAnsweredRun(dir: string, records: number): Promise<void> {
  const random = seededRandom(20240717);
  const examples: Example[] = Array.from({ length: records }, (_, row) => {
    const source = {
      instruction: `Task ${row}: ${words(random, 60)}`,
      input: '',
      output: words(random, 250),
    };
    return {
      id: String(row),
      row,
      instruction: source.instruction,
      input: '',
      response: source.output,
      source,
    };
  });
  await createRun(dir, manifestOf(records), examples, PROMPT);
  const lines = examples.map(({ id, row, response }) =>
    JSON.stringify(attemptAt(id, 1, row % 10 === 0 ? response : `${response} ${words(random, 250)}`)),
  );
  writeFileSync(join(dir, 'attempts.jsonl'), `${lines.join('\n')}\n`);
}

function attemptAt(example: string, attempt: number, text: string): Attempt {
  return {
    ...{ v: ATTEMPT_VERSION, example, attempt, session: 's1', purpose: attempt === 1 ? 'first' : 'retry' },
    ...{ prompt: PROMPT.hash, model: 'made-up', servedModel: null, temperature: 0, maxTokens: 1024 },
    ...{ omitted: [], resend: 0, resendsLeft: 2, sentAt: '2025-01-02T03:04:05.000Z', durationMs: 5 },
    reply: { content: `Thin.\n\n[Better Answer]\n${text}\n[End]\n`, finishReason: 'stop' },
    ...{ error: null, usage: null, costUsd: 0.0001 },
  };
}

function manifestOf(selected: number): Omit<Manifest, 'v'> {
  return {
    ...{ burnish: '0.0.0', createdAt: '2025-01-02T03:04:05.000Z', selected, snapshot: null },
    identity: {
      ...{ dataset: 'd'.repeat(64), from: null, prompt: PROMPT.hash, model: 'made-up' },
      selection: { kind: 'top', top: selected, by: 'words', of: 'response', where: [] },
      ...{ temperature: 0, maxTokens: 1024 },
    },
    dataset: {
      ...{ path: '/data/made-up.json', shape: 'alpaca', extension: '.json', rows: selected },
      ...{ emptyResponses: 0, badRows: {} },
    },
    settings: {
      ...{ baseUrl: null, baseUrlHadSecrets: false, onFlag: 'keep', onFail: 'keep', repair: 1 },
      ...{ repairFlagged: false, output: null, to: null, priceIn: null, priceOut: null, budgetUsd: null },
      ...{ budgetTokens: null, checks: null, judge: null, judgeAll: false },
    },
  };
}
