import type { SyntaxFault } from './syntax-fault.js';

const POSITION = /at position (\d+)/;
/** Comments, an ellipsis outside any string, or a blank such as `<name>` or `{{ name }}`. */
const SKETCH =
  /^\s*(?:\/\/|\/\*|#)|[,[{}\]]\s*(?:\/\/|\/\*)|(?:^|[[{,\s])(?:\.{3}|…)\s*(?:$|[\]},])|\{\{|<[\w -]+>/m;

/**
 * Finds where a text stops being JSON. JSON Lines, several documents with blank lines between them, and members without
 * the braces around them are fine too.
 */
export function findJsonFault(code: string): SyntaxFault | null {
  const fault = faultOf(code);
  if (fault === null || isSeveralDocuments(code) || isMembers(code)) return null;
  return { ...fault, kind: SKETCH.test(code) ? 'sketch' : 'broken' };
}

function faultOf(code: string): { message: string; offset: number } | null {
  try {
    JSON.parse(code);
    return null;
  } catch (error) {
    const { message } = error as Error;
    const offset = Number(POSITION.exec(message)?.[1] ?? code.trimEnd().length);
    return { message: message.replace(/ in JSON at.*$| at position.*$|, (?:\.\.\.)?".*$/s, ''), offset };
  }
}

function isSeveralDocuments(code: string): boolean {
  return [/\n/, /\n[ \t]*\n/].some((between) => {
    const parts = code.split(between).filter((part) => part.trim() !== '');
    return parts.length > 1 && parts.every((part) => /^\s*[[{]/.test(part) && faultOf(part) === null);
  });
}

function isMembers(code: string): boolean {
  return /^\s*"/.test(code) && faultOf(`{${code.trim().replace(/,$/, '')}}`) === null;
}
