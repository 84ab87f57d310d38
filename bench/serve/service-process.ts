import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { BURNISH, plainEnvironment } from '../measured-process.ts';

/** A `burnish serve` of its own, on loopback. */
export interface ServiceProcess {
  /** Up to and without the path. */
  readonly url: string;
  /** What it holds in memory now, in MiB. */
  rssMb(): number;
  /** Time that it has computed so far, in milliseconds. */
  cpuMs(): number;
  /** @throws Error when the answer is another than 2xx */
  ask<T>(path: string, body?: object): Promise<T>;
  stop(): Promise<void>;
}

/** Starts the built `burnish serve` on a free port. */
export async function startService(
  args: readonly string[],
  cwd: string,
  nodeOptions: readonly string[] = [],
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [...nodeOptions, BURNISH, 'serve', '--port', '0', ...args], {
    cwd,
    env: plainEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const told = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
      if (told !== null) resolve(told[0]);
    });
    ended.then(() => reject(new Error(`burnish serve ended:\n${said.join('\n')}`)), reject);
  });
  return {
    url,
    rssMb: () =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024,
    cpuMs: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      // Time of its own and of the system for it, in hundredths of a second (proc(5)).
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    ask: async <T>(path: string, body?: object) => {
      const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const answer = await fetch(
        `${url}${path}`,
        body === undefined ? {} : { ...post, body: JSON.stringify(body) },
      );
      if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
