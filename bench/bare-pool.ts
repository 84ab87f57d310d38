// What one would write without Burnish: a pool of workers that send ready-made bodies with undici and append the
// answers to a file, which is synced at the end. No checks of the answers beyond the status, no re-sending.
//
//   node bare-pool.ts BASE_URL BODIES_FILE ANSWERS_FILE CONCURRENCY
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Agent, request } from 'undici';

/** What the pool prints when it has finished. */
export interface PoolResult {
  /** When the last answer was safe on the disk, in milliseconds since 1970. */
  readonly finishedAtMs: number;
  /** User and system time from the first request on. */
  readonly cpuMs: number;
}

const [baseUrl = '', bodiesFile = '', answersFile = '', concurrency = ''] = process.argv.slice(2);
const bodies = (JSON.parse(readFileSync(bodiesFile, 'utf8')) as string[]).values();
const answers = openSync(answersFile, 'w');
const dispatcher = new Agent({ connections: Number(concurrency) });
const cpuBefore = process.cpuUsage();

async function worker(): Promise<void> {
  for (const body of bodies) {
    const { statusCode, body: answer } = await request(`${baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher,
    });
    if (statusCode !== 200) throw new Error(`HTTP ${statusCode}`);
    writeSync(answers, `${await answer.text()}\n`);
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, worker));
fdatasyncSync(answers);
const finishedAtMs = Date.now();
const { user, system } = process.cpuUsage(cpuBefore);
closeSync(answers);
await dispatcher.close();
process.stdout.write(JSON.stringify({ finishedAtMs, cpuMs: (user + system) / 1000 } satisfies PoolResult));
