import { BurnishError, EnvironmentError, UserError } from '../errors.js';
import { visible } from '../report/visible.js';
import { type Io, painter } from './io.js';
import { writeJson } from './write-json.js';

/**
 * Tells what went wrong: a person's mistake and a failure of the environment in a few lines, a bug with its
 * stack. With `json`, the same as data on stdout.
 *
 * @returns the exit status
 */
export function printError(error: unknown, json: boolean, io: Io): number {
  const known = error instanceof BurnishError ? error : (systemFault(error) ?? null);
  if (known === null) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(
      `burnish: this is a bug. Please report it, with the following:\n${visible(stack, true)}\n`,
    );
    if (json)
      printJsonError({ code: 'bug', message: error instanceof Error ? error.message : String(error) }, io);
    return 1;
  }
  const paint = painter(io.stderr, io.env);
  const { expected, found, where, hint } = known.facts;
  const lines = [
    paint(['red', 'bold'], `burnish: ${visible(known.message)}`),
    ...[
      ['where', where],
      ['expected', expected],
      ['found', found],
      ['what to do', hint],
    ].flatMap(([name, text]) => (text === undefined ? [] : [`  ${name}: ${visible(text)}`])),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
  if (json) printJsonError({ code: known.code, message: known.message, ...known.facts }, io);
  return known instanceof UserError ? 2 : 1;
}

/** Tells an error as data, on stdout. */
export function printJsonError(error: object, io: Io): void {
  writeJson({ error }, io);
}

/** A system call that failed (no room, no permission, no such folder) is the environment's fault, not a bug. */
function systemFault(error: unknown): EnvironmentError | null {
  if (!(error instanceof Error)) return null;
  const { syscall, path, code } = error as NodeJS.ErrnoException;
  if (syscall === undefined || code === undefined) return null;
  return new EnvironmentError('environment', 'The system refused what Burnish needs to do.', {
    ...(path === undefined ? {} : { where: path }),
    found: error.message,
  });
}
