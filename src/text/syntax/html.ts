import type { DefaultTreeAdapterTypes } from 'parse5';
import { parsers } from './parsers.js';
import type { SyntaxFault } from './syntax-fault.js';

/** The elements that HTML has an end tag for, and that are not whole without it; and those that hold the whole page. */
const NEEDS_END: ReadonlySet<string> = new Set(
  (
    'a abbr address article aside audio b blockquote body button canvas caption cite code data datalist del details dfn ' +
    'dialog div dl em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header html i iframe ins kbd label ' +
    'legend main map mark menu meter nav noscript object ol output picture pre progress q s samp script section select ' +
    'small span strong style sub summary sup svg table template textarea time title u ul var video'
  ).split(' '),
);
/** Templates and programs that write HTML: their tags need not stand in order. */
const GENERATED = /<\?|<%|\{%|\{\{#|className=|=\{/;

/** Finds an element that is opened in HTML and never closed. */
export function findHtmlFault(code: string): SyntaxFault | null {
  if (GENERATED.test(code)) return null;
  let first: SyntaxFault | null = null;
  for (const { tagName, sourceCodeLocation: place } of elementsOf(code)) {
    if (!place?.startTag || place.endTag || !NEEDS_END.has(tagName)) continue;
    const offset = place.startTag.startOffset;
    const isSelfClosed = code.slice(0, place.startTag.endOffset).endsWith('/>');
    if (isSelfClosed || (first !== null && first.offset <= offset)) continue;
    first = { message: `The element <${tagName}> is never closed`, offset, kind: 'broken' };
  }
  return first;
}

function* elementsOf(code: string): Generator<DefaultTreeAdapterTypes.Element> {
  const waiting: DefaultTreeAdapterTypes.ChildNode[] = [
    ...parsers.parse5().parse(code, { sourceCodeLocationInfo: true }).childNodes,
  ];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!('tagName' in node)) continue;
    yield node;
    waiting.push(...('content' in node ? node.content.childNodes : node.childNodes));
  }
}
