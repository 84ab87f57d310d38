import { shorten } from '../../errors.js';
import type { CodeStretch } from '../../text/code.js';
import { recogniseLanguage } from '../../text/code-language.js';
import { judgeCodeLine } from '../../text/code-line.js';
import { findSyntaxFault, type ParsedLanguage } from '../../text/syntax/find-syntax-fault.js';
import type { SyntaxFault } from '../../text/syntax/syntax-fault.js';
import type { TextView } from '../../text/text-view.js';
import type { CandidateSubject, Observation } from '../check.js';
import type { Severity } from '../severity.js';

/** So many pieces of code in one language are looked at; each takes a parser. */
const MOST_PIECES = 50;

/** Finds code that does not parse where the original's code of that language did, or where it had none. */
export function findFaults({ original, refined }: CandidateSubject): Observation[] {
  return [...codeByLanguage(refined)].flatMap(([language, pieces]) => {
    const broken = findBroken(language, pieces);
    if (broken === null) return [];
    const before = codeByLanguage(original).get(language) ?? [];
    if (findBroken(language, before) !== null) return [];
    return [report(language, broken, before.length > 0)];
  });
}

/** JSON in a line or a paragraph, which is too short to be told for code by its lines. */
const LONE_JSON = /^\s*(?:\[\s*)?\{\s*"[^"\n]{0,200}"\s*:/;

function findLoneJson({ raw, code }: TextView): CodeStretch[] {
  if (code.length > 0 || !LONE_JSON.test(raw) || /\n[ \t]*\n/.test(raw.trim())) return [];
  return [{ label: 'json', code: raw, start: 0, end: raw.length, isFenced: false, isClosed: true }];
}

function codeByLanguage(view: TextView): Map<ParsedLanguage, CodeStretch[]> {
  const pieces = new Map<ParsedLanguage, CodeStretch[]>();
  for (const stretch of [...view.code, ...findLoneJson(view)]) {
    const language = stretch.isClosed ? recogniseLanguage(stretch) : null;
    if (language === null) continue;
    const others = pieces.get(language) ?? [];
    if (others.length < MOST_PIECES) pieces.set(language, [...others, stretch]);
  }
  return pieces;
}

/** A piece of code, and what is wrong with it. */
interface BrokenCode {
  readonly stretch: CodeStretch;
  readonly fault: SyntaxFault;
}

/** The first piece that does not parse; one may go on where another ended, so they may be whole together. */
function findBroken(language: ParsedLanguage, pieces: readonly CodeStretch[]): BrokenCode | null {
  for (const stretch of pieces) {
    const isLine = language !== 'JSON' && !stretch.code.trim().includes('\n');
    const fault = isLine ? null : findSyntaxFault(language, stretch.code);
    if (fault === null) continue;
    const whole = pieces.map(({ code }) => code).join('\n');
    return findSyntaxFault(language, whole) === null ? null : { stretch, fault };
  }
  return null;
}

function report(language: ParsedLanguage, { stretch, fault }: BrokenCode, wasSound: boolean): Observation {
  const { code, start } = stretch;
  const offset = Math.min(fault.offset, code.trimEnd().length);
  const lineStart = code.lastIndexOf('\n', offset - 1) + 1;
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
