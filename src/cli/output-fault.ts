import { EnvironmentError } from '../errors.js';

/** A reader that has seen enough (`| head`), a terminal that was closed. */
const NO_FAULT: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO']);

/**
 * Lets no failing write to a stream end the process: that could be in the middle of a run that is being paid for.
 *
 * @returns what waits until everything is written, and tells why it was not; null when it was, or when nobody wanted it
 */
export function outliveFaults(stream: NodeJS.WriteStream): () => Promise<EnvironmentError | null> {
  let fault: NodeJS.ErrnoException | null = null;
  // Kept here, since standard streams forget their errors.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!NO_FAULT.has(error.code)) fault ??= error;
  });
  return async () => {
    await new Promise<void>((resolve) => {
      stream.write('', () => setImmediate(resolve));
    });
    if (fault === null) return null;
    return new EnvironmentError(
      'environment',
      'The output could not be written whole.',
      { where: 'stdout', found: fault.message, hint: 'Make room, then run the command again.' },
      { cause: fault },
    );
  };
}
