import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What a process did and used. */
export interface Measured extends Usage {
  /** When it was started, in milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly wallMs: number;
  readonly stdout: string;
  readonly stderr: readonly TimedLine[];
}

export interface Usage {
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  /** Its largest resident set. */
  readonly maxRssMb: number;
}

/** A process that may have ended badly, or have been stopped because it took too long. */
export interface Observed extends Omit<Measured, keyof Usage> {
  /** Exit status; null for a process that was stopped. */
  readonly status: number | null;
  /** null for a process that was stopped. */
  readonly usage: Usage | null;
}

export interface TimedLine {
  /** When it arrived here, in milliseconds since 1970. */
  readonly atMs: number;
  readonly text: string;
}

/** Nothing that has to end well takes a tenth of this; what does is stopped. */
const LONGEST_MS = 180_000;

const usageModule = new URL('./usage.mjs', import.meta.url).href;
/** The built `burnish`. */
export const BURNISH = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));

/** Runs the built `burnish` to its end, with nothing in its environment that could lead it elsewhere. */
export function runBurnish(args: readonly string[], cwd: string, expectedStatus = 0): Promise<Measured> {
  return runMeasured([BURNISH, ...args], cwd, expectedStatus);
}

/**
 * Runs a script with this very Node.js binary and measures the process.
 *
 * @throws Error when it does not end with the expected exit status
 */
export async function runMeasured(
  args: readonly string[],
  cwd: string,
  expectedStatus = 0,
): Promise<Measured> {
  const { status, usage, ...rest } = await observe(args, cwd, LONGEST_MS);
  if (status === expectedStatus && usage !== null) return { ...rest, ...usage };
  const said = rest.stderr.map((line) => line.text).join('\n');
  throw new Error(`a measured process ended with ${status ?? 'no status'}:\n${said}`);
}

/** Runs a script with this very Node.js binary, however it ends, and stops it after `mostMs`. */
export async function observe(args: readonly string[], cwd: string, mostMs: number): Promise<Observed> {
  const startedAtMs = Date.now();
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', usageModule, ...args], {
    cwd,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: mostMs,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'close');
  const usageText = text(child.stdio[3] as Readable);
  const stdout = text(child.stdout as Readable);
  const stderr: TimedLine[] = [];
  createInterface({ input: child.stderr as Readable }).on('line', (line) => {
    stderr.push({ atMs: Date.now(), text: line });
  });
  const [status] = (await ended) as [number | null];
  const wallMs = performance.now() - start;
  const usage = status === null ? null : (JSON.parse(await usageText) as Usage);
  return { startedAtMs, wallMs, status, usage, stdout: await stdout, stderr };
}

/** The environment without settings of models, keys, tracing and of Node.js itself. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(OPENAI_|BURNISH_|NODE_|LANGCHAIN_|LANGSMITH_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
