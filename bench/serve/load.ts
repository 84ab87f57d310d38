import { runBurnish } from '../measured-process.ts';
import type { Row } from '../table.ts';
import { putLoad } from './put-load.ts';
import { refine, type ServiceScene } from './scene.ts';
import { type ServiceProcess, startService } from './service-process.ts';

const RECORDS = 1000;
const CONNECTIONS = 200;
const MOST_P99_MS = 100;

/** What people click together: filters, orders and pages. */
const QUERIES = [
  'page=1',
  'page=2&size=50',
  'page=7',
  'outcome=refined',
  'outcome=kept&decision=reject',
  'verdict=pass&sort=change',
  'verdict=flag,fail',
  'change=small,medium&sort=length&page=3',
  'decision=none&sort=cost',
  'q=because',
  'q=the&sort=length&page=2',
];

/** The record list and the record view of a run, asked for by many at once. */
export async function measureLoad(scene: ServiceScene, seconds: number): Promise<Row[]> {
  const { runs, run } = await refine(scene, 'load', ['--top', String(RECORDS)]);
  const service = await startService(['--runs', runs], scene.folder);
  try {
    const { ids } = await service.ask<{ ids: string[] }>(`/api/runs/${run}/record-ids`);
    if (ids.length !== RECORDS) throw new Error(`${ids.length} records instead of ${RECORDS}`);
    const rejected = ids.slice(0, 40).join(',');
    await runBurnish(['decide', `${runs}/${run}`, '--ids', rejected, '--reject'], scene.folder);
    const lists = QUERIES.map((query) => `/api/runs/${run}/records?${query}`);
    const details = ids.map((id) => `/api/runs/${run}/records/${encodeURIComponent(id)}`);
    return [
      await measure(scene, service, 'record list', lists, seconds),
      await measure(scene, service, 'record view', details, seconds),
    ];
  } finally {
    await service.stop();
  }
}

async function measure(
  { say }: ServiceScene,
  { url }: ServiceProcess,
  name: string,
  paths: readonly string[],
  seconds: number,
): Promise<Row> {
  // The first requests compile code, and are no part of what is measured.
  await putLoad({ url, paths, connections: CONNECTIONS, seconds: 2 });
  const result = await putLoad({ url, paths, connections: CONNECTIONS, seconds });
  say(`${name}: ${JSON.stringify(result)}`);
  if (result.failed > 0) throw new Error(`${result.failed} requests of the ${name} failed`);
  // The longest time is that of the last connection: Node.js takes one at a time between the answers to all others.
  const { p50Ms, p99Ms, perSecond } = result;
  return {
    measure: `${name}, ${CONNECTIONS} at once: p50 / p99`,
    burnish: `${p50Ms} / ${p99Ms} ms`,
    reference: `${Math.round(perSecond).toLocaleString('en-US')}/s`,
    ratio: null,
    target: { text: `p99 < ${MOST_P99_MS} ms`, met: p99Ms < MOST_P99_MS },
  };
}
