import { type ReplyFormat, scanMarkers } from './reply-markers.js';

const THINK_BLOCK = /\s*<(think|thinking|reasoning)>/iy;
const THINK_TAG = /<(\/?)(?:think|thinking|reasoning)>/i;

/** The reasoning in front of a reply. */
export interface ReasoningFront {
  /** What the think blocks hold, without their tags. */
  readonly reasoning: string;
  /** Where the rest of the reply begins, in UTF-16 offsets. */
  readonly from: number;
  /** False when the last block never ends, so that there is no rest. */
  readonly closed: boolean;
}

/** Sets aside the think blocks that lead a reply, several in a row if need be. */
export function readReasoning(raw: string, format: ReplyFormat): ReasoningFront {
  const blocks: string[] = [];
  const pattern = new RegExp(THINK_BLOCK);
  let from = 0;
  for (let open = pattern.exec(raw); open !== null; open = pattern.exec(raw)) {
    const inside = pattern.lastIndex;
    const close = new RegExp(`</${open[1]}>`, 'gi');
    close.lastIndex = inside;
    const end = close.exec(raw);
    if (end === null) return { reasoning: raw.slice(inside).trim(), from: raw.length, closed: false };
    blocks.push(raw.slice(inside, end.index).trim());
    from = close.lastIndex;
    pattern.lastIndex = from;
  }
  const stray = findStrayClose(raw, from, format);
  if (stray !== null) {
    blocks.push(raw.slice(from, stray.start).trim());
    from = stray.end;
  }
  return { reasoning: blocks.join('\n\n'), from, closed: true };
}

/**
 * A closing think tag whose opening tag a chat template swallowed. It ends reasoning only in front of the answer:
 * before the first opener that leads a line; in a plain reply, which has no opener, at an edge of its line.
 */
function findStrayClose(
  raw: string,
  from: number,
  format: ReplyFormat,
): { start: number; end: number } | null {
  const rest = raw.slice(from);
  const tag = THINK_TAG.exec(rest);
  if (tag === null || tag[1] === '') return null;
  const before = rest.slice(0, tag.index);
  const stray = { start: from + tag.index, end: from + tag.index + tag[0].length };
  if (format === 'better-answer') {
    return scanMarkers(before, 0).some((marker) => marker.kind === 'open' && marker.leads) ? null : stray;
  }
  const lineBefore = before.slice(before.lastIndexOf('\n') + 1);
  const [lineAfter = ''] = raw.slice(stray.end).split('\n', 1);
  return lineBefore.trim() === '' || lineAfter.trim() === '' ? stray : null;
}
