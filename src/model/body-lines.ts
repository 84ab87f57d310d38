import { malformed } from './openai-reply.js';

/** More than any line has that answers one request. */
const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * Cuts text that comes in pieces into its lines, blank ones left out. What stands after the last line feed is a
 * line as well; whether it was torn shows when it is read.
 *
 * @throws ModelError `malformed_reply` for a line that does not end in time
 */
export async function* cutLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const pieces = decoder.decode(chunk, { stream: true }).split('\n');
    const rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      const line = parts.join('') + piece;
      parts = [];
      length = 0;
      if (line.trim() !== '') yield line;
    }
    parts.push(rest);
    length += rest.length;
    if (length > LONGEST_LINE) {
      throw malformed(`a line is longer than ${LONGEST_LINE / 1024 / 1024} Mi characters`);
    }
  }
  const last = parts.join('') + decoder.decode();
  if (last.trim() !== '') yield last;
}
