import { visibleJson } from '../report/visible.js';
import type { Io } from './io.js';

/** Prints the one JSON document of a command on stdout. */
export function writeJson(data: object, io: Io): void {
  io.stdout.write(visibleJson(data));
  // By itself: a full disk may take the beginning of the text without a word, and refuses only the next write.
  io.stdout.write('\n');
}
