import { shorten } from '../errors.js';
import type { CodeStretch } from '../text/code.js';
import { recogniseLanguage } from '../text/code-language.js';
import { judgeCodeLine } from '../text/code-line.js';
import { findSyntaxFault, type ParsedLanguage } from '../text/syntax/find-syntax-fault.js';
import type { SyntaxFault } from '../text/syntax/syntax-fault.js';
import { type TextView, viewText } from '../text/text-view.js';
import { type CandidateSubject, candidateCheck, type Observation, type ThresholdValues } from './check.js';
import type { Severity } from './severity.js';

/** The code of the original is gone, or what is given as code no longer is. */
export const codeBroken = candidateCheck({
  id: 'code_broken',
  version: 1,
  severity: 'fail',
  description: 'The code of the original response is gone, or code of the refined response does not parse.',
  thresholds: {
    programLines: {
      default: 5,
      description: 'Lines of code in the original, blank ones not counted, from which their loss is certain.',
    },
    mainShare: {
      default: 0.5,
      description: 'The share of the lines of the original from which code is what it consists of.',
    },
  },
  find: (subject, thresholds) => {
    const loss = findLoss(subject, thresholds);
    return loss === null ? findFaults(subject) : [loss];
  },
});

const ASKS_FOR_CODE =
  /\b(?:code|coding|program\w*|scripts?|functions?|methods?|class(?:es)?|quer(?:y|ies)|sql|html5?|css|(?:java|type)?script|java|python|php|ruby|rust|golang|c\+\+|c#|reg(?:ular )?ex(?:pressions?)?|regexp?|json|ya?ml|xml|svg|latex|algorithms?|snippets?|commands?|bash|shell|apps?|applications?|web ?(?:page|site|form|app)s?|stylesheets?|components?|loops?|arrays?|api|implement\w*)\b/i;
const ASKS_FOR_WORK =
  /\b(?:writ|creat|generat|implement|develop|build|construct|code|convert|rewrit|fix|correct|modif|provid|giv|show|design|mak|edit|refactor|add|complet|produc|output|return|format|transform|translat|optimi[sz]|simplif|compos|insert|updat|program)/i;
/** Steps in words answer these as well. */
const ASKS_FOR_SKETCH = /\b(?:pseudo-?\s?code|flow ?charts?)\b/i;
/** Where another task was leaked into the original, its code is no part of the answer. */
const LEAKED_TASK = /^\W{0,4}(?:\d{1,3}\.\s*)?Instruction:/im;
/** A bit of code within prose: a query, a tag, a call, a pattern, or signs between backticks. */
const TRACE =
  /\bSELECT\b[^.]{1,200}\bFROM\b|<\/?[a-z][^<>]{0,80}>|\w\([^()\n]{0,80}\);|\\[dwsb](?:[+*{\])]|\b)|\[a-z|\^\S{1,80}\$|`[^`\n]{0,200}[(){}=;<>\\[\]$|][^`\n]{0,200}`/i;

function findLoss(
  { original, refined, example }: CandidateSubject,
  { programLines = 0, mainShare = 0 }: ThresholdValues,
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
  return {
    message,
    severity: severityOfLoss(
      isMain,
      asks && !ASKS_FOR_SKETCH.test(example.instruction),
      lost >= programLines,
    ),
  };
}

function severityOfLoss(isMain: boolean, asks: boolean, isLong: boolean): Severity {
  if (isMain && asks) return isLong ? 'fail' : 'flag';
  return isMain || asks ? 'flag' : 'note';
}

function withoutLeak(original: TextView): TextView {
  const leak = LEAKED_TASK.exec(original.raw);
  return leak === null ? original : viewText(original.raw.slice(0, leak.index));
}

function countLines({ raw }: TextView): number {
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
  return view.lines.filter(({ start, end }) => judgeCodeLine(view.raw.slice(start, end)) === 'code').length;
}

function hasTraceOfCode(view: TextView): boolean {
  return countCodeLines(view) > 0 || TRACE.test(view.raw);
}

/** Code of one language. */
interface LanguagePart {
  readonly stretch: CodeStretch;
  readonly language: ParsedLanguage;
}

function findFaults({ original, refined }: CandidateSubject): Observation[] {
  const parts = partsOf(refined);
  const found: Observation[] = [];
  for (const part of parts) {
    const fault = faultOf(part, parts);
    if (fault === null) continue;
    const before = stateOf(part.language, original);
    if (before === 'broken') continue;
    found.push(report(part, fault, before === 'sound'));
  }
  return found;
}

function partsOf(view: TextView): LanguagePart[] {
  return view.code.flatMap((stretch) => {
    const language = stretch.isClosed ? recogniseLanguage(stretch) : null;
    return language === null ? [] : [{ stretch, language }];
  });
}

/** One piece may go on where another ended, so they count as broken only if they are so together as well. */
function faultOf({ stretch, language }: LanguagePart, all: readonly LanguagePart[]): SyntaxFault | null {
  if (language !== 'JSON' && countLines(viewText(stretch.code)) < 2) return null;
  const fault = findSyntaxFault(language, stretch.code);
  if (fault === null) return null;
  const pieces = all.filter((part) => part.language === language);
  if (pieces.length === 1) return fault;
  const whole = pieces.map((part) => part.stretch.code).join('\n');
  return findSyntaxFault(language, whole) === null ? null : fault;
}

/** How code of this language was in the original. */
function stateOf(language: ParsedLanguage, original: TextView): 'none' | 'sound' | 'broken' {
  const parts = partsOf(original).filter((part) => part.language === language);
  if (parts.length === 0) return 'none';
  return parts.some((part) => faultOf(part, parts) !== null) ? 'broken' : 'sound';
}

function report({ stretch, language }: LanguagePart, fault: SyntaxFault, wasSound: boolean): Observation {
  const { code, start } = stretch;
  const lineStart = code.lastIndexOf('\n', Math.max(0, fault.offset - 1)) + 1;
  const line = code.slice(lineStart).split('\n', 1)[0] ?? '';
  const number = code.slice(0, lineStart).split('\n').length;
  return {
    message: `The ${language} code does not parse: ${fault.message}, in its line ${number}, ${shorten(line.trim(), 60)}.`,
    start: start + lineStart,
    end: start + lineStart + line.length,
    severity: severityOfFault(stretch, language, fault, line, wasSound),
  };
}

function severityOfFault(
  { isFenced, label }: CodeStretch,
  language: ParsedLanguage,
  { kind }: SyntaxFault,
  line: string,
  wasSound: boolean,
): Severity {
  // Words of explanation that slipped in among the code leave the code itself whole.
  if (judgeCodeLine(line) === 'prose' && /\w+ \w+ \w+ \w+/.test(line)) return 'note';
  if (kind === 'sketch' || (kind === 'elided' && !wasSound)) return 'note';
  if (wasSound) return language === 'JSON' && kind === 'broken' ? 'fail' : 'flag';
  return isFenced && label !== '' ? 'flag' : 'note';
}
