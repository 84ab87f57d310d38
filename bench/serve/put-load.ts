import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What is sent: each connection asks for one path after the other, without a pause. */
export interface Load {
  /** Up to and without the path. */
  readonly url: string;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

/** What came of it. */
export interface LoadResult {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly perSecond: number;
  readonly bytesPerSecond: number;
  /** Requests without an answer, or with one of another status than 2xx. */
  readonly failed: number;
}

/** Loads a server from a process of its own. */
export async function putLoad(load: Load): Promise<LoadResult> {
  const script = fileURLToPath(new URL('./load-process.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(load)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const result = await text(child.stdout);
  const [status] = await ended;
  if (status !== 0) throw new Error(`the load ended with ${status}`);
  return JSON.parse(result) as LoadResult;
}
