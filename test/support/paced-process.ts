import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own that tells what it receives and answers. */
export interface PacedServer {
  readonly url: string;
  /** The user messages received since the last call. */
  takeReceived(): string[];
  /** Resolves when so many requests more were answered. */
  answers(count: number): Promise<void>;
  /** Resolves when all that was sent to the server has been received. */
  quiet(): Promise<void>;
  stop(): void;
}

export async function startPacedServer(): Promise<PacedServer> {
  const child = fork(fileURLToPath(new URL('./paced-server.ts', import.meta.url)), {
    execArgv: ['--no-warnings'],
  });
  let received: string[] = [];
  let toCome = Number.POSITIVE_INFINITY;
  let reached = (): void => {};
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.on('message', (message: { url?: string; received?: string; answered?: string }) => {
      if (message.url !== undefined) resolve(message.url);
      if (message.received !== undefined) received.push(message.received);
      if (message.answered !== undefined && --toCome === 0) reached();
    });
  });
  return {
    url,
    takeReceived: () => {
      const taken = received;
      received = [];
      return taken;
    },
    answers: (count) =>
      new Promise((resolve) => {
        toCome = count;
        reached = resolve;
      }),
    quiet: async () => {
      for (let before = -1; before !== received.length; await sleep(100)) before = received.length;
    },
    stop: () => child.kill('SIGKILL'),
  };
}
