import { parsers } from './parsers.js';
import type { SyntaxFault } from './syntax-fault.js';

/** Templates of other programs, and blanks to fill in. */
const TEMPLATE = /\{\{|\{%|<%|\$\{/;
const ELLIPSIS = /^\s*(?:- )?(?:\.{3}|…)\s*$/m;

/** Finds where a text stops being YAML, of one document or several. */
export function findYamlFault(code: string): SyntaxFault | null {
  if (TEMPLATE.test(code)) return null;
  const documents = parsers.yaml().parseAllDocuments(code, { prettyErrors: false, uniqueKeys: false });
  if (!Array.isArray(documents)) return null;
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) {
      const message = error.message.replace(/\.?\s*$/, '');
      return { message, offset: error.pos[0], kind: ELLIPSIS.test(code) ? 'sketch' : 'broken' };
    }
  }
  return null;
}
