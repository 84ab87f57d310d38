import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const HOOKS = fileURLToPath(new URL('./source-hooks.js', import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the child has written this to stdout; rejects when it ends without. */
  said(text: string): Promise<void>;
  /** Writes to the child's stdin. */
  tell(text: string): void;
}

/**
 * Runs a script of the tests in a process of its own, straight from the sources.
 *
 * @param script path relative to `test/`
 * @param shell commands for `sh` to run first, such as `ulimit`
 */
export function runChild(script: string, args: readonly string[], shell = ':'): Child {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const command = `${shell}; exec "$0" "$@"`;
  const child = spawn(
    'sh',
    ['-c', command, process.execPath, '--no-warnings', '--import', HOOKS, path, ...args],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  const said = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(text)) resolve();
      };
      look();
      child.stdout.on('data', look);
      ended.then(() => reject(new Error(`The child ended without saying ${text}: ${stdout}${stderr}`)));
    });
  return { process: child, ended, said, tell: (text) => child.stdin.write(text) };
}
