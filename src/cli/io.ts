import { styleText } from 'node:util';
import type { Surroundings } from '../conduct/surroundings.js';

/** What a command may use of the outside world. */
export interface Io extends Surroundings {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Calls `handler` at every Ctrl-C or SIGTERM, and tells which; returns what takes the handler away again. */
  onInterrupt(handler: (signal: NodeJS.Signals) => void): () => void;
  /** Asks a question on the terminal, to be answered with yes or no; null when nobody is there to answer. */
  confirm(question: string): Promise<boolean | null>;
}

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Whether a stream may get colours and bars: it is a terminal, and NO_COLOR is not set (no-color.org). */
export function takesColours(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}

/** Colours text for a stream that takes colours. */
export function painter(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Paint {
  const enabled = takesColours(stream, env);
  return (style, text) => (enabled ? styleText(style, text, { validateStream: false }) : text);
}

/** Width of a terminal in columns, 80 where it cannot be known. */
export function columnsOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY === true && stream.columns > 0 ? stream.columns : 80;
}
