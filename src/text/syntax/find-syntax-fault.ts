import { findHtmlFault } from './html.js';
import { findJavaScriptFault } from './javascript.js';
import { findJsonFault } from './json.js';
import { findPythonFault } from './python.js';
import type { SyntaxFault } from './syntax-fault.js';
import { findYamlFault } from './yaml.js';

/** Languages that there is a parser for. */
export type ParsedLanguage = 'JSON' | 'YAML' | 'JavaScript' | 'Python' | 'HTML';

const FAULT_FINDERS: Readonly<Record<ParsedLanguage, (code: string) => SyntaxFault | null>> = {
  JSON: findJsonFault,
  YAML: findYamlFault,
  JavaScript: findJavaScriptFault,
  Python: findPythonFault,
  HTML: findHtmlFault,
};

/** Longer code is taken as it is; in characters. Parsers take more than linear time where the code makes no sense. */
const LONGEST = 50_000;

/** Finds where code stops being of its language; null where it never does, and where no parser can tell. */
export function findSyntaxFault(language: ParsedLanguage, code: string): SyntaxFault | null {
  if (code.trim() === '' || code.length > LONGEST) return null;
  try {
    return FAULT_FINDERS[language](code);
  } catch (error) {
    // Brackets nested by the thousand exhaust the stack of a parser that calls itself.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
