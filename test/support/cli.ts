import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The checkout, or wherever else the tests stand. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The program as it is installed: what `burnish` runs. */
export const PROGRAM = join(ROOT, 'dist/cli/bin.js');

/** How a process ended, and what it wrote. */
export interface Ended {
  /** null when a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  /** Added to a bare environment: nothing of the tester's keys, endpoints or colours gets in. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A process under way. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Goes away as the reader of stderr, as a closed terminal or an ended `| head` does. */
  closeStderr(): void;
  /** Resolves when stderr holds this text; rejects when the process ends without having written it. */
  says(text: string): Promise<void>;
  /** What stdout and stderr hold by now. */
  stdout(): string;
  stderr(): string;
}

/** A folder of its own for the test that runs now. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a program, by default with the Node.js that runs the tests; the test's end ends it too. */
export function start(command: readonly [string, ...string[]], { cwd, env }: Surroundings): Running {
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  let look = (): void => {};
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      look();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, ...written }));
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    pid: child.pid ?? -1,
    ended,
    kill: (signal) => child.kill(signal),
    closeStderr: () => child.stderr.destroy(),
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    says: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (written.stderr.includes(text)) resolve();
        };
        look();
        ended.then(() => reject(new Error(`It ended without saying "${text}":\n${written.stderr}`)), reject);
      }),
  };
}

/** Starts `burnish` with these arguments. */
export function startBurnish(args: readonly string[], surroundings: Surroundings): Running {
  return start([process.execPath, PROGRAM, ...args], surroundings);
}

/** Runs `burnish` to its end. */
export function burnish(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return startBurnish(args, surroundings).ended;
}
