import { createHash } from 'node:crypto';
import type { RecordDetail } from './record-data.js';
import { packRecord, type ReportHead } from './report-data.js';

/** What shows a report: the page's script and style, as one text each. */
export interface ReportAssets {
  readonly script: string;
  readonly style: string;
}

/** Characters from which a block of records is full: what a browser reads one after the other. */
const BLOCK_CHARACTERS = 1_000_000;

/**
 * A report as one file that needs nothing else: the data, and the page that shows them. A policy in it lets the browser run
 * this very script and nothing else, and speak to nobody, whatever the data are.
 *
 * @param records in the order in which they are shown
 * @returns the file, in pieces
 */
export function* htmlReport(
  head: ReportHead,
  records: Iterable<RecordDetail>,
  assets: ReportAssets,
): Generator<string> {
  const script = withoutTags(assets.script, '\\x3c');
  const style = withoutTags(assets.style, '\\3c ');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(head.title)}</title>
<style>${style}</style>
</head>
<body>
<div id="page"></div>
<noscript>This report needs JavaScript, which is all in this file.</noscript>
`;
  yield dataElement('report-head', head);
  for (const block of inBlocks(records)) yield dataElement('report-records', block);
  yield `<script>${script}</script>\n</body>\n</html>\n`;
}

/** Data as an element of HTML that no text in them can end; the browser does not run it. */
function dataElement(name: string, json: string | object): string {
  const text = typeof json === 'string' ? json : safeJson(json);
  return `<script type="application/json" class="${name}">${text}</script>\n`;
}

function* inBlocks(records: Iterable<RecordDetail>): Generator<string> {
  let block: string[] = [];
  let characters = 0;
  for (const record of records) {
    const json = safeJson(packRecord(record));
    block.push(json);
    characters += json.length;
    if (characters < BLOCK_CHARACTERS) continue;
    yield `[${block.join(',\n')}]`;
    [block, characters] = [[], 0];
  }
  if (block.length > 0) yield `[${block.join(',\n')}]`;
}

/** JSON in which no `<` stands, so that it holds no tag and no comment, and no line end that only some know. */
function safeJson(data: object): string {
  return JSON.stringify(data).replaceAll(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Script or style in which nothing ends the element or begins a comment.
 *
 * @param sign what stands for `<` in its strings
 */
function withoutTags(source: string, sign: string): string {
  // A browser reads every line end as this one before it takes the hash.
  return source.replaceAll(/\r\n?/g, '\n').replaceAll(/<(?=\/?(?:script|style)|!--)/gi, sign);
}

function hashOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}

function escapeText(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
  // What a browser would not take as a character of a page.
  const clean = text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');
  return clean.replaceAll(/[<>&]/g, (character) => escapes[character] ?? character);
}
