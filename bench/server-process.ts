import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerCommand } from './chat-server.ts';
import type { Account, Conditions } from './conditions.ts';

/** The benchmark's chat server, seen from outside. */
export interface ServerProcess {
  /** Up to and without `/chat/completions`. */
  readonly baseUrl: string;
  /** Forgets what came in, and answers in another way from now on. */
  begin(conditions: Conditions): Promise<void>;
  /** What came in since then. */
  account(): Promise<Account>;
  stop(): Promise<void>;
}

/** Starts the server in a process of its own, on loopback. */
export async function startServer(): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL('./chat-server.ts', import.meta.url)));
  const { port } = await nextMessage<{ port: number }>(child);
  const ask = <T>(command: ServerCommand): Promise<T> => {
    child.send(command);
    return nextMessage<T>(child);
  };
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    begin: async (conditions) => {
      await ask({ begin: conditions });
    },
    account: () => ask({ account: true }),
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const [message] = await once(child, 'message', { signal: AbortSignal.timeout(10_000) });
  return message as T;
}
