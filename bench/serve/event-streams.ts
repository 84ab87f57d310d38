import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Event streams that are open, and read by a process of their own. */
export interface EventStreams {
  /** Closes them, and tells what came. */
  close(): Promise<{ readonly bytes: number; readonly broken: number }>;
}

/** Opens so many streams of a URL; resolves when the server has answered all of them. */
export async function openEventStreams(url: string, count: number): Promise<EventStreams> {
  const script = fileURLToPath(new URL('./event-reader.mjs', import.meta.url));
  const child = fork(script, [url, String(count)]);
  await nextMessage(child);
  return {
    close: async () => {
      child.send('close');
      const told = await nextMessage(child);
      return told as { bytes: number; broken: number };
    },
  };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message', { signal: AbortSignal.timeout(20_000) });
  return message;
}
