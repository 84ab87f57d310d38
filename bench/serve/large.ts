import type { Row } from '../table.ts';
import { putLoad } from './put-load.ts';
import { refine, type ServiceScene } from './scene.ts';
import { startService } from './service-process.ts';

/** Somebody who clicks, and a few who click at once. */
const CONNECTIONS = [1, 10];

const QUERIES = ['page=1', 'page=400', 'verdict=pass&sort=change', 'q=because', 'q=the&sort=length&page=2'];

/** A run of the whole dataset: time until it is shown, memory, and the list. */
export async function measureLarge(scene: ServiceScene, seconds: number): Promise<Row[]> {
  const { runs, run } = await refine(scene, 'large', ['--all']);
  const service = await startService(['--runs', runs], scene.folder);
  try {
    const emptyMb = service.rssMb();
    const startMs = performance.now();
    const { total } = await service.ask<{ total: number }>(`/api/runs/${run}/records`);
    const openMs = performance.now() - startMs;
    const openMb = service.rssMb();
    const about = `${total.toLocaleString('en-US')} records`;
    const rows: Row[] = [
      fact(`${about}: opened in`, `${(openMs / 1000).toFixed(1)} s`),
      fact(`${about}: memory before and after`, `${Math.round(emptyMb)} / ${Math.round(openMb)} MB`),
    ];
    for (const connections of CONNECTIONS) {
      const paths = QUERIES.map((query) => `/api/runs/${run}/records?${query}`);
      const result = await putLoad({ url: service.url, paths, connections, seconds });
      scene.say(`large, ${connections} at once: ${JSON.stringify(result)}`);
      const { p50Ms, p99Ms, maxMs } = result;
      const burnish = `${p50Ms} / ${p99Ms} / ${maxMs} ms`;
      rows.push(fact(`${about}: list, ${connections} at once: p50 / p99 / max`, burnish));
    }
    rows.push(fact(`${about}: memory in the end`, `${Math.round(service.rssMb())} MB`));
    return rows;
  } finally {
    await service.stop();
  }
}

function fact(measure: string, burnish: string): Row {
  return { measure, burnish, reference: null, ratio: null, target: null };
}
