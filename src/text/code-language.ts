import type { CodeStretch } from './code.js';
import type { ParsedLanguage } from './syntax/find-syntax-fault.js';

const LABELS: ReadonlyMap<string, ParsedLanguage> = new Map(
  Object.entries({
    json: 'JSON',
    yaml: 'YAML',
    yml: 'YAML',
    js: 'JavaScript',
    javascript: 'JavaScript',
    mjs: 'JavaScript',
    cjs: 'JavaScript',
    node: 'JavaScript',
    nodejs: 'JavaScript',
    py: 'Python',
    python: 'Python',
    python3: 'Python',
    html: 'HTML',
    html5: 'HTML',
    htm: 'HTML',
  } as const),
);

const JSON_OBJECT = /^\s*(?:\[\s*)?\{\s*"[^"\n]*"\s*:/;
const HTML_START =
  /^\s*<(?:!DOCTYPE html|html|head|body|div|form|table|ul|ol|p|h[1-6]|section|header|footer|nav|main|article|button|style|script|a|img|input)\b/i;

const PYTHON_LINE =
  /^[ \t]*(?:(?:async )?def \w+ ?\(|(?:from [\w.]+ )?import [\w.]+(?: as \w+)?(?:, ?\w+)*[ \t]*$|elif [^\n{]{1,150}:[ \t]*$|if __name__ ?==|for \w+(?:, ?\w+)* in [^\n{;]{1,150}:[ \t]*$|class \w+(?:\(\w*\))?:[ \t]*$)/m;
/** What no line of Python ends with or starts with, though its neighbours among the languages do. */
const NO_PYTHON = /[;{=][ \t]*$|^[ \t]*(?:\/\/|\/\*|--|<\/?\w)|^[ \t]*(?:(?:val|var|let|const) \w|end$)/m;

const JAVASCRIPT_LINE =
  /^[ \t]*(?:(?:async )?function\*? ?\w* ?\([^\n]{0,150}\) ?\{|(?:const|let) [\w{}[\], ]{1,80} ?= ?|document\.\w+|console\.(?:log|error)\(|module\.exports|export default )|\) ?=> ?[{(]/m;
const NO_JAVASCRIPT =
  /^[ \t]*(?:#|<|public |private |int |void |double |float |char |string |package |using |fn |func |def |impl |use |fun |val |\$\w|@|echo )|\bSystem\.|:=|<\?php|\blet mut\b|->/m;

/** Tells the language of code for which there is a parser, from the fence or, with caution, from the code; else null. */
export function recogniseLanguage({ label, code }: CodeStretch): ParsedLanguage | null {
  if (label !== '') return LABELS.get(label.replace(/^[{.]+|[}:,]+$/g, '')) ?? null;
  if (JSON_OBJECT.test(code)) return 'JSON';
  if (HTML_START.test(code)) return 'HTML';
  if (PYTHON_LINE.test(code) && !NO_PYTHON.test(code)) return 'Python';
  if (JAVASCRIPT_LINE.test(code) && !NO_JAVASCRIPT.test(code)) return 'JavaScript';
  return null;
}
