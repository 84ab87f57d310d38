import { spawn } from 'node:child_process';
import type { Io } from './io.js';

/** A missing program, as a shell tells of it. */
const NOT_FOUND = 127;

/**
 * Prints a text on stdout: through a pager if it is longer than the screen, which is `$PAGER`, else less(1). Nothing is
 * wrong with a reader who quits before the end. Without a terminal, and where there is no such pager, it is just printed.
 *
 * @param wanted whether the user wants a pager at all
 */
export async function printPaged(text: string, wanted: boolean, io: Io): Promise<void> {
  const { stdout, env } = io;
  const command = env.PAGER ?? 'less';
  const isLonger = stdout.isTTY === true && stdout.rows > 0 && countLines(text) >= stdout.rows;
  const isPaged = wanted && isLonger && command.trim() !== '' && command !== 'cat' && env.TERM !== 'dumb';
  if (!isPaged || !(await page(text, command, io))) stdout.write(text);
}

function countLines(text: string): number {
  return text.split('\n').length;
}

/**
 * Hands a text to a pager, and waits until it is left.
 *
 * @returns whether there was such a pager
 */
function page(text: string, command: string, { env, onInterrupt }: Io): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  // Quits by itself if all fits, shows colours, and leaves the text on the screen; only if the user has set nothing.
  const child = spawn(command, {
    shell: true,
    stdio: ['pipe', 'inherit', command === 'less' ? 'ignore' : 'inherit'],
    env: { LESS: 'FRX', LV: '-c', ...env },
  });
  // Ctrl-C is for the pager, to which it is an order among others. A terminal that goes away takes it along.
  const forget = onInterrupt((signal) => {
    if (signal === 'SIGTERM') child.kill();
  });
  const end = (isThere: boolean): void => {
    forget();
    resolve(isThere);
  };
  child.on('error', () => end(false));
  child.on('close', (code) => end(code !== NOT_FOUND));
  // A reader who has seen enough.
  child.stdin.on('error', () => {});
  child.stdin.end(text);
  return promise;
}
