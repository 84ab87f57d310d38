import { shorten } from '../../errors.js';
import type { CodeStretch } from '../../text/code.js';
import { recogniseLanguage } from '../../text/code-language.js';
import { judgeCodeLine } from '../../text/code-line.js';
import { findSyntaxFault, type ParsedLanguage } from '../../text/syntax/find-syntax-fault.js';
import type { SyntaxFault } from '../../text/syntax/syntax-fault.js';
import type { TextView } from '../../text/text-view.js';
import type { CandidateSubject, Observation } from '../check.js';
import type { Severity } from '../severity.js';

/** Code of one language. */
interface LanguagePart {
  readonly stretch: CodeStretch;
  readonly language: ParsedLanguage;
}

/** Finds code that does not parse, where the original's code of that language did, or had none. */
export function findFaults({ original, refined }: CandidateSubject): Observation[] {
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
  if (language !== 'JSON' && !stretch.code.trim().includes('\n')) return null;
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
