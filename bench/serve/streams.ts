import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Conditions } from '../conditions.ts';
import { median } from '../median.ts';
import type { Row } from '../table.ts';
import { openEventStreams } from './event-streams.ts';
import { AT_ONCE, type ServiceScene } from './scene.ts';
import { type ServiceProcess, startService } from './service-process.ts';

const RECORDS = 1000;
const STREAMS = 50;
const LEAST_RATIO = 0.9;

const CASES: readonly { readonly name: string; readonly conditions: Conditions }[] = [
  { name: 'no latency', conditions: AT_ONCE },
  {
    name: 'log-normal latency (median 800 ms)',
    conditions: { seed: 1, latency: { medianMs: 800, sigma: 0.5 }, limit: null },
  },
];

/** How fast a run of the service is without anybody who watches, and with many. */
export async function measureStreams(scene: ServiceScene, rounds: number): Promise<Row[]> {
  const runs = join(scene.folder, 'streams');
  const about = ['--model', 'bench', '--base-url', scene.model.baseUrl, '--concurrency', '50'];
  const service = await startService(['--runs', runs, '--data-dir', scene.data, ...about], scene.folder);
  try {
    const rows: Row[] = [];
    let number = 0;
    for (const { name, conditions } of CASES) {
      const alone: RunSpeed[] = [];
      const watched: RunSpeed[] = [];
      for (let round = 0; round < rounds; round++) {
        // In turn, so that whatever else the machine does meets both alike.
        for (const [streams, speeds] of [
          [0, alone],
          [STREAMS, watched],
        ] as const) {
          // Another temperature makes another run.
          number++;
          speeds.push(await measureRun(scene, service, runs, number / 1000, streams, conditions));
        }
      }
      const speed = compare(alone, watched, ({ perSecond }) => perSecond);
      rows.push({
        measure: `a run with ${STREAMS} event streams, ${name}`,
        burnish: `${Math.round(speed.watched)} records/s`,
        reference: `${Math.round(speed.alone)} without`,
        ratio: speed.ratio,
        target: { text: `>= ${LEAST_RATIO}`, met: speed.ratio >= LEAST_RATIO },
      });
      // What the service computes says it also where other work slows both down.
      const cpu = compare(alone, watched, ({ cpuMs }) => cpuMs);
      rows.push({
        measure: 'the same: time that the service computes',
        burnish: `${(cpu.watched / 1000).toFixed(2)} s`,
        reference: `${(cpu.alone / 1000).toFixed(2)} without`,
        ratio: cpu.ratio,
        target: null,
      });
    }
    return rows;
  } finally {
    await service.stop();
  }
}

interface RunSpeed {
  /** Records a second, from the first request to the last answer. */
  readonly perSecond: number;
  readonly cpuMs: number;
}

function compare(
  alone: readonly RunSpeed[],
  watched: readonly RunSpeed[],
  of: (speed: RunSpeed) => number,
): { readonly alone: number; readonly watched: number; readonly ratio: number } {
  const medians = { alone: median(alone.map(of)), watched: median(watched.map(of)) };
  return { ...medians, ratio: medians.watched / medians.alone };
}

/** One run, in which so many streams are open. */
async function measureRun(
  { dataset, model, say }: ServiceScene,
  service: ServiceProcess,
  runs: string,
  temperature: number,
  count: number,
  conditions: Conditions,
): Promise<RunSpeed> {
  await model.begin(conditions);
  // A pilot of one makes the run, so that streams can be open before the rest is asked.
  const start = { dataset, top: RECORDS, limit: 1, temperature };
  const { run } = await service.ask<{ run: string }>('/api/runs', start);
  await waitUntilFinished(service, run);
  const streams = await openEventStreams(`${service.url}/api/runs/${run}/events`, count);
  const cpuBeforeMs = service.cpuMs();
  await service.ask(`/api/runs/${run}/resume`, {});
  await waitUntilFinished(service, run);
  const cpuMs = service.cpuMs() - cpuBeforeMs;
  const { bytes, broken } = await streams.close();
  if (broken > 0) throw new Error(`${broken} event streams broke`);
  const perSecond = speedOf(join(runs, run, 'attempts.jsonl'));
  say(`${count} streams: ${Math.round(perSecond)} records/s, ${cpuMs} ms of CPU, ${bytes} bytes of events`);
  return { perSecond, cpuMs };
}

async function waitUntilFinished(service: ServiceProcess, run: string): Promise<void> {
  for (;;) {
    const { summary } = await service.ask<{ summary: { state: string; problem: unknown } }>(
      `/api/runs/${run}`,
    );
    if (summary.problem !== null) throw new Error(`the run failed: ${JSON.stringify(summary.problem)}`);
    if (!['running', 'stopping'].includes(summary.state)) return;
    await sleep(250);
  }
}

function speedOf(path: string): number {
  const attempts = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { sentAt: string; durationMs: number })
    .slice(1);
  if (attempts.length !== RECORDS - 1)
    throw new Error(`${attempts.length + 1} requests for ${RECORDS} records`);
  const sentMs = attempts.map(({ sentAt }) => Date.parse(sentAt));
  const firstMs = Math.min(...sentMs);
  const lastMs = Math.max(...attempts.map(({ durationMs }, index) => (sentMs[index] ?? 0) + durationMs));
  return attempts.length / ((lastMs - firstMs) / 1000);
}
