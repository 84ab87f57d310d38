import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What a process did and used. */
export interface Measured {
  readonly wallMs: number;
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  /** Its largest resident set. */
  readonly maxRssMb: number;
  readonly stdout: string;
  readonly stderr: readonly TimedLine[];
}

export interface TimedLine {
  /** When it arrived here, in milliseconds since 1970. */
  readonly atMs: number;
  readonly text: string;
}

/** No process of this benchmark takes a tenth of this; one that does is stopped. */
const LONGEST_MS = 180_000;

const usageModule = new URL('./usage.mjs', import.meta.url).href;
const program = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));

/** Runs the built `burnish` to its end, with nothing in its environment that could lead it elsewhere. */
export function runBurnish(args: readonly string[], cwd: string): Promise<Measured> {
  return runMeasured([program, ...args], cwd);
}

/**
 * Runs a script with this very Node.js binary and measures the process.
 *
 * @throws Error when it does not end with exit status 0
 */
export async function runMeasured(args: readonly string[], cwd: string): Promise<Measured> {
  const startMs = performance.now();
  const child = spawn(process.execPath, ['--import', usageModule, ...args], {
    cwd,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close');
  const usage = text(child.stdio[3] as Readable);
  const stdout = text(child.stdout as Readable);
  const stderr: TimedLine[] = [];
  createInterface({ input: child.stderr as Readable }).on('line', (line) => {
    stderr.push({ atMs: Date.now(), text: line });
  });
  const [status, signal] = await ended;
  const wallMs = performance.now() - startMs;
  if (status !== 0) {
    const said = stderr.map((line) => line.text).join('\n');
    throw new Error(`a measured process ended with ${status ?? signal}:\n${said}`);
  }
  const { cpuMs, maxRssMb } = JSON.parse(await usage) as { cpuMs: number; maxRssMb: number };
  return { wallMs, cpuMs, maxRssMb, stdout: await stdout, stderr };
}

/** The environment without settings of models, keys and of Node.js itself. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(OPENAI_|BURNISH_|NODE_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
