import type { Example } from '../../dataset/example.js';
import type { TextView } from '../../text/text-view.js';
import { isWork } from '../request/genres.js';
import type { Request } from '../request/request.js';

/** Where a text hands over a revision, as an assistant does to whoever asked for one. */
export interface HandOver {
  readonly start: number;
  readonly end: number;
  /** One who was asked to change a text may say so. */
  readonly isAsked: boolean;
}

/** So many lines or sentences at either end are where a model speaks to whoever asked. */
const EDGE = 3;
/** Of a line or a sentence no more is looked at; in characters. */
const LONGEST = 300;

/** `**Revised Response:**`; a calculation rightly has a final answer. */
const VERSION_LABEL =
  /^[\s*_#>"]{0,6}(?:(?:the|my|your|here is the) )?(?:better|improved|revised|refined|rewritten|enhanced|updated|polished) (?:answer|response|version|reply|output)[*_]{0,3}\s{0,2}(?::|$)/i;
/** `Changes made:`, `Key improvements:`; bare `Improvements:` may head a part of any report. */
const CHANGES_LABEL =
  /^[\s*_#>-]{0,6}(?:(?:(?:key|main|summary of(?: the)?|list of(?: the)?|explanation of(?: the)?) (?:changes|improvements|revisions|edits|modifications|enhancements)(?: made)?)|(?:changes|improvements|revisions|edits|modifications|enhancements) made|what (?:i|was|has been|i have|i['’]ve) (?:changed|improved|revised))[*_]{0,3}\s?(?::|$)/i;

const REVISED =
  'revised|expanded|rewritten|rewrote|improved|refined|enhanced|reworked|restructured|clarified|corrected|added|polished|updated|simplified';
const REVISED_THING =
  'answer|response|explanation|version|text|wording|grammar|sentences?|details?|clarity|flow|tone|phrasing';
/** What an assistant says of what it did, to whoever asked for it. */
const REPORTS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:I|we)(?:['’]ve| have)? (?:also )?(?:${REVISED})\b[^.!?\n]{0,60}\b(?:${REVISED_THING})\b`,
    'i',
  ),
  /\bso I (?:have )?(?:expanded|revised|rewrote|improved|refined) it\b/i,
  /^(?:\W{0,3}\w+,? )?(?:as per|based on|per|following|in line with|thank you for|thanks for) (?:your|the) (?:feedback|suggestions|critique|criticism)\b/i,
  /\bapologi[sz]e for (?:the|my) (?:earlier|previous|initial|original|first|incomplete|brief|short)\b[^.!?\n]{0,30}\b(?:answer|response|version|explanation)\b/i,
  /^\W{0,3}your (?:answer|response) (?:is|was|does|did|has|could|should|lacks|needs)\b/i,
  /^\W{0,3}the response (?:is|was) (?:\w{1,12}ly )?(?:accurate|correct|good|clear|helpful|brief|too|relevant|incomplete|generic)\b/i,
  /\bthis (?:version|answer|response|explanation|rewrite)\b[^.!?\n]{0,80}\bthan (?:the|my|your) (?:previous|original|earlier|first|initial|old)\b/i,
  /\b(?:let me know|feel free|happy to)\b[^.!?\n]{0,60}\b(?:further|more|any|additional|other) (?:changes|revisions|edits|adjustments|modifications|improvements|refinements)\b/i,
];
/** Where the example speaks of such things itself, they belong to its subject. */
const SPEAKS_OF_REVISING =
  /\b(?:feedback|reviews?|comments?|critic|critique|suggestions|complain|customer|revis|draft|response|updates?|release|version)/i;

/** The announcement of a better version in other languages, and how an instruction there asks for one. */
const FOREIGN: readonly { readonly announces: RegExp; readonly asks: RegExp }[] = [
  {
    announces: /(?:überarbeitete|verbesserte|optimierte)\p{L}{0,2} (?:Version|Fassung|Antwort)/iu,
    asks: /verbess|überarbeit|optimier|umschreib/i,
  },
  {
    announces: /(?:version|réponse) (?:améliorée|révisée|remaniée|retravaillée)/i,
    asks: /amélior|révis|remani|retravaill|corrig|réécri/i,
  },
  {
    announces: /(?:versi[óo]n|respuesta) (?:mejorada|revisada|refinada)/i,
    asks: /mejor|revis|refin|corr[ei]|reescrib/i,
  },
  {
    announces: /(?:vers[ãa]o|resposta) (?:melhorada|revisada|aprimorada|refinada)/i,
    asks: /melhor|revis|aprimor|refin|corr[ie]|reescrev/i,
  },
  {
    announces: /(?:versione|risposta) (?:migliorata|rivista|rielaborata)/i,
    asks: /miglior|rived|rielabor|corregg|riscriv/i,
  },
  {
    announces: /(?:улучшенн|исправленн|переработанн|доработанн)\p{L}{1,4} (?:верси|ответ|вариант)/iu,
    asks: /улучш|исправ|перепиш|доработ|отредактир/i,
  },
  {
    announces: /(?:改进|改進|优化|優化|修改|改善|润色|潤色)[后後过過]?的?(?:回答|版本|答案|回复|回覆)/,
    asks: /改|优化|優化|润色|潤色|修/,
  },
  {
    announces: /(?:改善|改良|修正)(?:された|した|後の|版の?)?(?:回答|バージョン)/,
    asks: /改|修正|直し|校正/,
  },
  { announces: /(?:개선|수정)(?:된|한) ?(?:답변|버전|응답)/, asks: /개선|수정|고쳐|다듬/ },
  { announces: /(?:النسخة|الإجابة) (?:المحسنة|المحسّنة|المنقحة|المعدلة)/, asks: /حسّ?ن|نقح|عدل|صحح|أعد/ },
];

/** Finds where a text calls itself the better one, lists what was changed, or reports to whoever asked for a revision. */
export function findHandOvers(
  refined: TextView,
  request: Request,
  { instruction, input, response }: Example,
): HandOver[] {
  const before = response.toLowerCase();
  const lines = refined.lines.filter(({ kind }) => kind !== 'blank' && kind !== 'code');
  const labels = lines.filter(({ content }) => VERSION_LABEL.test(content) || CHANGES_LABEL.test(content));
  const announcements = lines
    .slice(0, 1)
    .filter(({ content }) =>
      FOREIGN.some(
        ({ announces, asks }) => announces.test(content.slice(0, LONGEST)) && !asks.test(instruction),
      ),
    );
  const reports = mayReport(request, `${instruction}\n${input}`)
    ? [...refined.sentences.slice(0, EDGE), ...refined.sentences.slice(EDGE).slice(-EDGE)].filter(
        ({ text }) => REPORTS.some((report) => report.test(text.slice(0, LONGEST))),
      )
    : [];
  return [...labels, ...announcements, ...reports]
    .map(({ start, end }) => ({ start, end, isAsked: request.changesText }))
    .filter(({ start, end }) => !before.includes(refined.raw.slice(start, end).trim().toLowerCase()));
}

/** In letters and stories people report on what they did, and in answers about feedback on feedback. */
function mayReport({ genre }: Request, task: string): boolean {
  return (!isWork(genre) || genre === 'code') && !SPEAKS_OF_REVISING.test(task);
}
