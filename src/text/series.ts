import type { Line } from './lines.js';
import type { TextView } from './text-view.js';

/** Parts of a text that are numbered through or named after the days of the week, in order and without a gap. */
export interface Series {
  /** What stands before the number, in lower case: `day`, `question`; empty for bare numbers, `weekday` for days. */
  readonly family: string;
  /** The content of each part: its own line and those up to the next part. */
  readonly parts: readonly string[];
}

const NUMBERED = /^[\s#*_>•(-]{0,12}(?:(\p{L}{1,15})[ .#]{0,2})?(\d{1,3})(?=[.):\s*–-]|$)/u;
const WEEKDAY = /^[\s#*_>•-]{0,12}(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** The family of series whose parts are named after days. */
const DAYS = 'weekday';

interface Place {
  readonly family: string;
  /** From 1. */
  readonly number: number;
  readonly line: Line;
}

/** Finds the series of a text. Numbers that begin anew, as the steps of several recipes do, make none. */
export function readSeries(text: TextView): Series[] {
  const places = text.lines.flatMap((line) => readPlace(line, text.raw.slice(line.start, line.end)) ?? []);
  return [...Map.groupBy(places, ({ family }) => family)].flatMap(([family, members]) => {
    if (members.some(({ number }, index) => number !== index + 1)) return [];
    const parts = members.map(({ line }, index) =>
      text.raw.slice(line.start, members[index + 1]?.line.start ?? text.raw.length),
    );
    return [{ family, parts }];
  });
}

function readPlace(line: Line, raw: string): Place | null {
  if (line.kind === 'code' || line.kind === 'table' || line.kind === 'blank') return null;
  const day = WEEKDAY.exec(raw)?.[1];
  if (day !== undefined) return { family: DAYS, number: WEEKDAYS.indexOf(day.toLowerCase()) + 1, line };
  const match = NUMBERED.exec(raw);
  if (match === null) return null;
  const [, family = '', number] = match;
  return { family: family.toLowerCase(), number: Number(number), line };
}
