import type { Options } from 'acorn';
import { parsers } from './parsers.js';
import type { SyntaxFault } from './syntax-fault.js';

const LENIENT: Omit<Options, 'sourceType'> = {
  ecmaVersion: 'latest',
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowImportExportEverywhere: true,
  allowSuperOutsideMethod: true,
  allowHashBang: true,
};

/** Mark-up, types, decorators and templates: what JavaScript is often mixed with, and its own grammar lacks. */
const OTHER_DIALECT =
  /<\/[\w.]*>|\/>|<>|\b(?:interface|enum|namespace|declare|implements|readonly|abstract|private|public|protected) \w|\btype \w+(?:<[^>\n]*>)? =|[\w)\]?] ?: ?(?:string|number|boolean|any|void|unknown|never|object|Promise<|Array<|Record<|[A-Z]\w*(?:\[\]|[ ,;)=]))|\bas (?:const|any|unknown|[A-Z]\w*)\b|^\s*@\w+|\{\{|\{%|<%|<\?/m;
/** An ellipsis that spreads nothing. */
const ELLIPSIS = /\.{3}(?![\w$[({'"`])|…/;
const PROMPT = /^(?:> |\$ |>>> )/m;

/** Finds where a text stops being JavaScript: a program, a module, or a piece of an object or a class. */
export function findJavaScriptFault(code: string): SyntaxFault | null {
  const fault = faultOf(code, 'module');
  if (fault === null || faultOf(code, 'script') === null) return null;
  if (OTHER_DIALECT.test(code) || PROMPT.test(code)) return null;
  const inner = code.trim().replace(/[,;]$/, '');
  const isPiece = [`(${inner}\n)`, `({${inner}\n})`, `class A {${inner}\n}`].some(
    (whole) => faultOf(whole, 'module') === null,
  );
  return isPiece ? null : { ...fault, kind: ELLIPSIS.test(code) ? 'sketch' : 'broken' };
}

function faultOf(code: string, sourceType: 'module' | 'script'): { message: string; offset: number } | null {
  try {
    parsers.acorn().parse(code, { ...LENIENT, sourceType });
    return null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) return null;
    const { message, pos } = error as SyntaxError & { pos: number };
    return { message: message.replace(/ \(\d+:\d+\)$/, ''), offset: pos };
  }
}
