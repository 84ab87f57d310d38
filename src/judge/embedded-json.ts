/** How many opening braces are tried: what has more of them in front of its object is no answer. */
const MOST_TRIES = 20;

/**
 * Finds the JSON objects in a text: bare, in a code block, or with prose around them. Two slips are forgiven that models
 * often make: a line break within a string, and a comma after the last item.
 *
 * @returns the outermost objects that can be read, in order
 */
export function jsonObjectsIn(text: string): unknown[] {
  const objects: unknown[] = [];
  let from = 0;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const start = text.indexOf('{', from);
    if (start === -1) break;
    const whole = objectAt(text, start);
    const value = whole === null ? undefined : parseOrUndefined(whole.mended);
    if (value !== undefined) objects.push(value);
    from = whole === null || value === undefined ? start + 1 : whole.end;
  }
  return objects;
}

function parseOrUndefined(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The object that opens at `start`, up to the brace that closes it; null when none does. */
function objectAt(text: string, start: number): { readonly mended: string; readonly end: number } | null {
  let depth = 0;
  let inString = false;
  let mended = '';
  let copied = start;
  for (let at = start; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (inString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inString = false;
      else if (sign < ' ') {
        mended += text.slice(copied, at) + escapeControl(sign);
        copied = at + 1;
      }
    } else if (sign === '"') inString = true;
    else if (sign === ',' && closesNext(text, at + 1)) {
      mended += text.slice(copied, at);
      copied = at + 1;
    } else if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) return { mended: mended + text.slice(copied, at + 1), end: at + 1 };
    }
  }
  return null;
}

function escapeControl(sign: string): string {
  return JSON.stringify(sign).slice(1, -1);
}

/** Whether nothing but a little white space stands before a closing bracket. */
function closesNext(text: string, from: number): boolean {
  return /^\s{0,200}[\]}]/.test(text.slice(from, from + 201));
}
