import { judgeCodeLine } from '../../text/code-line.js';
import { type TextView, viewText } from '../../text/text-view.js';
import type { CandidateSubject, Observation, ThresholdValues } from '../check.js';

const ASKS_FOR_CODE =
  /\b(?:code|coding|program\w*|scripts?|functions?|methods?|class(?:es)?|quer(?:y|ies)|sql|html5?|css|(?:java|type)?script|java|python|php|ruby|rust|golang|c\+\+|c#|reg(?:ular )?ex(?:pressions?)?|regexp?|json|ya?ml|xml|svg|latex|algorithms?|snippets?|commands?|bash|shell|apps?|applications?|web ?(?:page|site|form|app)s?|stylesheets?|components?|loops?|arrays?|api|implement\w*)(?!\w)/i;
const ASKS_FOR_WORK =
  /\b(?:writ|creat|generat|implement|develop|build|construct|code|convert|rewrit|fix|correct|modif|provid|giv|show|design|mak|edit|refactor|add|complet|produc|output|return|format|transform|translat|optimi[sz]|simplif|compos|insert|updat|program)/i;
/** Steps in words answer these as well. */
const ASKS_FOR_SKETCH = /\b(?:pseudo-?\s?code|flow ?charts?)\b/i;
/** Where another task was leaked into the original, its code is no part of the answer. */
const LEAKED_TASK = /^\W{0,4}(?:\d{1,3}\.\s*)?Instruction:/im;
/** Lone lines of code are looked for in so many lines. */
const MOST_LINES = 2_000;
/** A bit of code within prose: a query, a tag, a call, a pattern, or signs between backticks. */
const TRACE =
  /\bSELECT\b[^.]{1,200}\bFROM\b|<\/?[a-z][^<>]{0,80}>|\w\([^()\n]{0,80}\);|\\[dwsb](?:[+*{\])]|\b)|\[a-z|\^\S{1,80}\$|`[^`\n]{0,200}[(){}=;<>\\[\]$|][^`\n]{0,200}`/i;

/** The thresholds that lost code is judged by. */
export type LossThreshold = 'programLines' | 'mainShare';

/** Finds that the code of the original is gone, and that nothing like it stands in its place. */
export function findLoss(
  { original, refined, example }: CandidateSubject,
  { programLines, mainShare }: ThresholdValues<LossThreshold>,
): Observation | null {
  const asks = ASKS_FOR_CODE.test(example.instruction) && ASKS_FOR_WORK.test(example.instruction);
  if (!asks && original.code.length === 0) return null;
  const answer = withoutLeak(original);
  const lost = countCodeLines(answer);
  if (lost === 0 || hasTraceOfCode(refined)) return null;
  const isMain = lost >= mainShare * countLines(answer);
  // A line or two is often an example, or a formula.
  if (lost < programLines && !(isMain && asks)) return null;
  const message = `The ${lost} lines of code of the original response are gone, and there is no code in their place.`;
  if (ASKS_FOR_SKETCH.test(example.instruction) || !(isMain || asks)) return { message, severity: 'note' };
  return isMain && asks && lost >= programLines ? { message } : { message, severity: 'flag' };
}

function withoutLeak(original: TextView): TextView {
  const leak = LEAKED_TASK.exec(original.raw);
  return leak === null ? original : viewText(original.raw.slice(0, leak.index));
}

/** Lines that are not blank. */
export function countLines({ raw }: TextView): number {
  return raw.match(/\S.*/g)?.length ?? 0;
}

/** Lines of code, blank ones not counted. What stands in a fence need not be code: a poem may. */
function countCodeLines(view: TextView): number {
  let count = 0;
  for (const { code } of view.code) {
    const kinds = code
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(judgeCodeLine);
    if (kinds.includes('code')) count += kinds.length;
  }
  return count > 0 ? count : countLoneLines(view);
}

function countLoneLines(view: TextView): number {
  return view.lines
    .slice(0, MOST_LINES)
    .filter(({ start, end }) => judgeCodeLine(view.raw.slice(start, end)) === 'code').length;
}

function hasTraceOfCode(view: TextView): boolean {
  return countCodeLines(view) > 0 || TRACE.test(view.raw);
}
