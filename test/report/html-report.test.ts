import { createHash } from 'node:crypto';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../src/report/html-report.js';
import type { RecordDetail } from '../../src/report/record-data.js';
import { type PackedRecord, type ReportHead, unpackRecord } from '../../src/report/report-data.js';
import { HOSTILE_ROWS, LARGE_ROWS } from '../support/hostile-rows.js';
import { attemptData, recordDetail } from '../web/decisions/record-details.js';

type Element = DefaultTreeAdapterTypes.Element;

const ASSETS = { script: 'show(1 < 2);', style: 'body { color: red }' };
const HEAD: ReportHead = {
  title: 'a.json → b.json',
  subject: {
    kind: 'files',
    original: 'a.json',
    refined: 'b.json',
    overview: {
      verdicts: { pass: 1, flag: 0, fail: 0 },
      checks: [],
      lengths: { edges: [0, 1], series: [] },
      changes: { edges: [0, 1], series: [] },
    },
  },
  examples: 1,
};

const fileOf = (records: readonly RecordDetail[], { head = HEAD, assets = ASSETS } = {}) =>
  [...htmlReport(head, records, assets)].join('');

/** All elements of a page with this tag name, read as a browser does. */
function elementsOf(html: string, tag: string): Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.ParentNode) => {
    for (const child of node.childNodes) {
      if (!('tagName' in child)) continue;
      if (child.tagName === tag) found.push(child);
      visit(child);
    }
  };
  visit(parse(html, { scriptingEnabled: true }));
  return found;
}

const textOf = ({ childNodes }: Element) =>
  childNodes.map((child) => ('value' in child ? child.value : '')).join('');
const attribute = ({ attrs }: Element, name: string) => attrs.find((known) => known.name === name)?.value;
const dataOf = (html: string, name: string) =>
  elementsOf(html, 'script')
    .filter((element) => attribute(element, 'class') === name)
    .map(textOf);

function recordsOf(html: string): RecordDetail[] {
  const blocks = dataOf(html, 'report-records');
  return blocks.flatMap((block): PackedRecord[] => JSON.parse(block)).map(unpackRecord);
}

describe('the file of a report', () => {
  it('holds head and records, as they were', () => {
    const records = [recordDetail('1'), recordDetail('2')];
    const html = fileOf(records);
    expect(dataOf(html, 'report-head').map((text) => JSON.parse(text))).toEqual([HEAD]);
    expect(recordsOf(html).map(({ row }) => row.id)).toEqual(['1', '2']);
  });

  it.each(
    [
      ...[...HOSTILE_ROWS, ...LARGE_ROWS].map(({ id, text }) => ({ id, text })),
      { id: '</script>', text: '</script><script>alert(1)</script>' },
      { id: '<!--', text: '<!-- <script> --> ]]> </SCRIPT\n>' },
      { id: 'separators', text: '\u2028\u2029\u0085\u0000\ud800 \udc00\ufeff\ufffe\uffff\r\n\r' },
      { id: 'directions', text: '\u202e\u2066abc\u2069\u200f' },
    ].map(({ id, text }) => ({ name: JSON.stringify(id).slice(0, 40), id, text })),
  )('carries $name through a browser’s parser unchanged', ({ id, text }) => {
    const detail = recordDetail(id, {
      ...{ instruction: text, input: text, original: text, refined: `${text}!`, exported: text },
      attempts: [{ ...attemptData(1, `${text}!`), critique: text, model: text }],
    });
    const html = fileOf([detail], { head: { ...HEAD, title: text } });
    const [read] = recordsOf(html);
    expect(read).toEqual({ ...detail, attempts: [{ ...detail.attempts[0], reply: null }] });
    expect(elementsOf(html, 'script')).toHaveLength(3);
    expect(elementsOf(html, 'img')).toEqual([]);
    expect(elementsOf(html, 'title')).toHaveLength(1);
  });

  it('cuts many records into blocks, in order', () => {
    const original = 'x'.repeat(300_000);
    const records = Array.from({ length: 9 }, (_, place) => recordDetail(`${place}`, { original }));
    const html = fileOf(records);
    expect(dataOf(html, 'report-records').length).toBeGreaterThan(1);
    expect(recordsOf(html).map(({ row }) => row.id)).toEqual(records.map(({ row }) => row.id));
  });

  it('is a page also without records', () => {
    expect(recordsOf(fileOf([]))).toEqual([]);
  });

  it('refers to nothing outside itself', () => {
    const html = fileOf([recordDetail('1')]);
    const elements = ['script', 'link', 'img', 'iframe', 'base', 'style', 'meta'].flatMap((tag) =>
      elementsOf(html, tag),
    );
    for (const element of elements) {
      for (const name of ['src', 'href', 'srcset']) expect(attribute(element, name)).toBeUndefined();
    }
    expect(elementsOf(html, 'link')).toEqual([]);
  });
});

describe('the policy of a report', () => {
  const policyOf = (html: string) => {
    const metas = elementsOf(html, 'meta');
    const policy = metas.find((meta) => attribute(meta, 'http-equiv') === 'Content-Security-Policy');
    return (attribute(policy as Element, 'content') ?? '').split('; ');
  };
  const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  it.each([
    { name: 'as they are', assets: ASSETS },
    {
      name: 'with what would end their elements',
      assets: { script: 'a("</script><!-- <script")', style: 'a::after { content: "</style>" }' },
    },
    { name: 'with other line ends', assets: { script: 'a\r\nb\rc', style: 'a\r\nb' } },
    { name: 'with letters of all kinds', assets: { script: 'say("→ \u2028 漢")', style: '/* → */' } },
  ])('allows script and style, $name, by what a browser reads of them', ({ assets }) => {
    const html = fileOf([recordDetail('1')], { assets });
    const script = elementsOf(html, 'script').find((element) => element.attrs.length === 0) as Element;
    const [style] = elementsOf(html, 'style') as [Element];
    expect(elementsOf(html, 'script')).toHaveLength(3);
    expect(policyOf(html)).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(textOf(script))}`,
      `style-src ${hashOf(textOf(style))}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('stands before everything that it is about', () => {
    const html = fileOf([]);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
  });
});
