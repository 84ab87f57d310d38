import { fileURLToPath } from 'node:url';
import { visible } from '../report/visible.js';
import { listen } from '../server/listen.js';
import { createService, type ServiceOptions } from '../server/service.js';
import { readStaticFiles } from '../server/static-files.js';
import { packageVersion } from '../version.js';
import type { Io } from './io.js';
import { writeJson } from './write-json.js';

/** Where the build puts the pages. */
const PAGES_FOLDER = fileURLToPath(new URL('../web', import.meta.url));

interface ServeHow {
  /** The first that is free is taken. */
  readonly ports: readonly number[];
  readonly json: boolean;
  /** Of the page that is told of. */
  readonly path: string;
  /** Called once the server can be reached. */
  readonly onListening?: (url: string) => void;
}

/**
 * Serves until Ctrl-C or SIGTERM, which let the requests under way to models finish; a second one gives them up.
 *
 * @returns the exit status
 */
export async function serveUntilStopped(
  options: Omit<ServiceOptions, 'files' | 'version' | 'surroundings' | 'onFault'>,
  { ports, json, path, onListening }: ServeHow,
  io: Io,
): Promise<number> {
  const service = createService({
    ...options,
    files: await readStaticFiles(PAGES_FOLDER),
    version: packageVersion(),
    surroundings: io,
    onFault: (error) => {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      io.stderr.write(`burnish: a fault while serving:\n${visible(words, true)}\n`);
    },
  });
  const listening = await listen((request, bindings) => service.app.fetch(request, bindings), {
    host: options.host,
    ports,
  });
  const url = `${listening.url}${path}`;
  if (json) writeJson({ url, pid: process.pid }, io);
  else
    io.stderr.write(
      `Burnish is at ${url}${options.token === null ? '' : ' (log in with the token)'}\nCtrl-C stops it.\n`,
    );
  onListening?.(url);
  await new Promise<void>((resolve, reject) => {
    let stopping = false;
    const removeHandler = io.onInterrupt(() => {
      if (stopping) {
        void service.calls.close();
        return;
      }
      stopping = true;
      io.stderr.write('Stopping: waiting for the answers under way. Ctrl-C again gives them up.\n');
      Promise.all([service.close(), listening.close()])
        .finally(removeHandler)
        .then(() => resolve(), reject);
    });
  });
  return 0;
}
