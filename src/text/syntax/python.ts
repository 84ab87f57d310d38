import { parsers } from './parsers.js';
import type { SyntaxFault } from './syntax-fault.js';

/** Statements of Python 2, prompts, and templates: no program of Python 3, and none that has to be one. */
const OTHER_DIALECT =
  /^\s*(?:print\s+[^\s(=]|exec\s+["'\w]|raise \w+,|except [\w.]+, ?\w+:)|^(?:>>>|\$ |In \[\d+\])|\{%|<%/m;
/** What a program is followed by: what it prints. */
const RESULT = /^\s*(?:#+\s*)?(?:(?:sample |expected )?(?:output|result)s?|returns|prints)\b/i;
/** An ellipsis that is no literal, or a blank to fill in. */
const BLANK = /…|<[A-Za-z][\w -]*>/;
const BODY_OF_COMMENTS = /:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*[ \t]*#.*\s*$/;
/** A header that makes a whole of code that stands in. */
const HEADER = 'if 1:\n';

/** Finds where a text stops being Python. */
export function findPythonFault(code: string): SyntaxFault | null {
  if (OTHER_DIALECT.test(code)) return null;
  const header = /^\s*\n?[ \t]+\S/.test(code) ? HEADER : '';
  const error = firstError(header + adapt(code));
  if (error === null) return null;
  const offset = Math.max(0, error - header.length);
  const lineStart = code.lastIndexOf('\n', offset - 1) + 1;
  const line = code.slice(lineStart).split('\n', 1)[0] ?? '';
  if (RESULT.test(line)) return null;
  return BODY_OF_COMMENTS.test(code.slice(0, lineStart))
    ? { message: 'A block holds nothing but a comment', offset, kind: 'elided' }
    : { message: 'Unexpected text', offset, kind: BLANK.test(line) ? 'sketch' : 'broken' };
}

/** Writes what the grammar does not know, though Python does, in another way of the same length. */
function adapt(code: string): string {
  return code
    .replace(/\r\n/g, ' \n')
    .replace(/[\u00a0\f]/g, ' ')
    .replace(/^([ \t]*)[!%]/gm, '$1#')
    .replace(/\byield(?=[ \t]*(?:$|[)\]},#]))/gm, 'None ')
    .replace(/(?<=\d)\.(?![\w.])/g, ' ');
}

function firstError(code: string): number | null {
  let first: number | null = null;
  parsers
    .python()
    .parser.parse(code)
    .iterate({
      enter: ({ type, from }) => {
        if (type.isError) first ??= from;
        return first === null;
      },
    });
  return first;
}
