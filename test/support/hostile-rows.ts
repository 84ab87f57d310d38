/** Text that breaks things where it is taken for more than text. */
export interface HostileRow {
  readonly id: string;
  /** The text itself, which stands in the instruction, the input, the response and the reply. */
  readonly text: string;
  /** What the reply holds besides. */
  readonly brings?: string;
}

/** Set by scripts in the texts, if they are ever run. */
export const FLAG = 'takenOver';

const RUN = `window.${FLAG}=1`;
/** A host that does not exist, so that who asks for something from there is seen. */
const ELSEWHERE = 'http://elsewhere.invalid';

const MARKUP: readonly HostileRow[] = [
  { id: `"><svg onload=${RUN}>`, text: `<script>${RUN};alert(1)</script>` },
  { id: '../x', text: `<img src=x onerror="${RUN}"> <svg/onload=${RUN}>` },
  { id: '%2e%2e', text: `</textarea></script><script>${RUN}</script><!-- ]]> &lt;script&gt; &#x3c;` },
  { id: 'a/b?c=d#e&f', text: `[a link](javascript:${RUN}) <a href="javascript:${RUN}" autofocus>a</a>` },
  {
    id: `'-${RUN}-'`,
    text: `{{constructor.constructor('${RUN}')()}} \${${RUN}} <%= ${RUN} %> #{${RUN}} {% raw %}`,
  },
  {
    id: '__proto__',
    text: `<base href="${ELSEWHERE}/"><meta http-equiv="refresh" content="0;url=${ELSEWHERE}"><style>*{display:none}</style>`,
  },
  {
    id: 'constructor',
    text: `<iframe src="${ELSEWHERE}"></iframe><link rel=stylesheet href=${ELSEWHERE}/a.css> ![](${ELSEWHERE}/b.png)`,
  },
  { id: 'toString', text: '__proto__ {"constructor": {"prototype": 1}} hasOwnProperty' },
];

const CHARACTERS: readonly HostileRow[] = [
  {
    id: '\u001b[31mred',
    text: '\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u009b1mbold\u007f\b\b \u001b]8;;http://elsewhere.invalid\u0007link\u001b]8;;\u0007',
  },
  { id: '\u202eid\u2066', text: 'safe \u202egnp.exe\u2066 end\u2069 \u200fright\u061c' },
  { id: 'zero\u200bwidth', text: 'zero\u200bwidth\u200d\u2060 \ufeffmark \u00adsoft \u034fjoiner' },
  { id: ' ', text: 'one\u2028two\u2029three\u0085four\u000bfive\u000csix' },
  { id: 'a,b', text: 'A row whose id looks like two.' },
  { id: '\u0001\uffff', text: 'bell \u0007 and \u0001\u0002\uffff\ufffe' },
  { id: 'tab\tline\n', text: 'long harmless line\rshort\r\nnext\n\rlast' },
  { id: '👩‍👩‍👧‍👦', text: `Z${'\u0334\u0357'.repeat(40)}algo 👩‍👩‍👧‍👦🏳️‍🌈 한글 漢字 ﷽` },
];

/** Texts that are slow to handle. */
export const LARGE_ROWS: readonly HostileRow[] = [
  { id: 'one word', text: 'w'.repeat(1 << 20) },
  { id: 'one line', text: 'word '.repeat(210_000).trimEnd() },
  { id: 'many lines', text: Array.from({ length: 100_000 }, (_, line) => `line ${line}`).join('\n') },
  { id: `long-${'id'.repeat(1500)}`, text: '> '.repeat(3000) + '['.repeat(3000) },
];

/** Ids that a path swallows. */
const DOTS: readonly HostileRow[] = [
  { id: '.', text: 'A point.' },
  { id: '..', text: 'Two points.' },
  { id: '~', text: 'A tilde.' },
  { id: '~.', text: 'A tilde and a point.' },
];

/** Datasets cannot hold these characters, but models write them; such a reply is no text for a training set. */
const REPLIES: readonly HostileRow[] = [
  { id: 'nul', text: 'A reply with NUL.', brings: 'before\u0000after' },
  { id: 'half', text: 'A reply with half characters.', brings: '\ud83d alone, and \udc00' },
];

export const HOSTILE_ROWS: readonly HostileRow[] = [...MARKUP, ...CHARACTERS, ...DOTS, ...REPLIES];

/** The row of the dataset in which a text stands everywhere. */
export function datasetRow({ id, text }: HostileRow): Record<string, string> {
  return { id, instruction: `Do this: ${text}`, input: text, output: `It is ${text} so.` };
}

/** What the scripted model makes of it. */
export function improvedText({ text, brings = '' }: HostileRow): string {
  return `Better, it is ${text} indeed.${brings}`;
}

/** The row that a request is about. */
export function hostileRowIn(message: string): HostileRow {
  const row = [...HOSTILE_ROWS, ...LARGE_ROWS].find(({ text }) =>
    message.includes(`<input>\n${text}\n</input>`),
  );
  if (row === undefined) throw new Error(`no row is asked about in ${message.slice(0, 500)}`);
  return row;
}
