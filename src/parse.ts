import { readReasoning } from './reasoning.js';
import { type ReplyFormat, type ReplyMarker, scanMarkers } from './reply-markers.js';

export { REPLY_FORMATS, type ReplyFormat } from './reply-markers.js';

/** What a raw reply holds. */
export interface ParsedReply {
  readonly format: ReplyFormat;
  /** The refined response without outer whitespace, otherwise verbatim; null when there is none. */
  readonly candidate: string | null;
  /** Why there is no candidate; null when there is one. */
  readonly reason: 'no_marker' | 'reasoning_unclosed' | null;
  /** What came before the answer, without reasoning; the whole rest of the reply when there is no answer. */
  readonly critique: string;
  /** What stood in the think blocks that lead the reply. */
  readonly reasoning: string;
  /** Where the candidate stands: `raw.slice(start, end) === candidate`, in UTF-16 offsets. */
  readonly span: { readonly start: number; readonly end: number } | null;
  /** Whether an end marker closed the answer; never true of the plain format, which has none. */
  readonly ended: boolean;
  /** How many complete answers were found. */
  readonly answers: number;
  /** What came after the closing marker, trimmed. */
  readonly after: string;
}

/**
 * Reads the refined response out of a raw reply. Never throws, and takes time in proportion to the reply.
 *
 * Reasoning in front is set aside first. `[Better Answer]` then opens an answer at the start of a line, `[End]`
 * closes it alone on a line or at a line's end; inside running text both are text. Pairs nest like brackets, so an
 * answer may quote the markers. The last complete answer is the candidate; without a complete one it is whatever
 * follows the last opener.
 */
export function parseReply(raw: string, format: ReplyFormat): ParsedReply {
  const { reasoning, from, closed } = readReasoning(raw, format);
  if (!closed) return noCandidate(format, 'reasoning_unclosed', reasoning, '');
  if (format === 'plain') return { ...wholeReply(raw, from), reasoning };

  const markers = scanMarkers(raw, from);
  const openers = chooseOpeners(markers);
  const answers = pairUp(raw, openers, chooseClosers(markers, openers));
  const answer = answers.at(-1);
  const opener = answer?.opener ?? openers.at(-1);
  if (opener === undefined) return noCandidate(format, 'no_marker', reasoning, raw.slice(from).trim());

  // A code fence that was opened before the answer is around it, not in it.
  const before = raw.slice(from, opener.start);
  const fenced = countFences(before) % 2 === 1;
  const after = answer ? raw.slice(answer.end) : '';
  const body = raw.slice(opener.end, answer?.closer.start);
  const cutFence = fenced && answer === undefined && countFences(body) % 2 === 1;
  return {
    format,
    ...placeCandidate(cutFence ? withoutLastFence(body) : body, opener.end),
    reason: null,
    critique: (fenced ? withoutLastFence(withoutFirstFence(before)) : before).trim(),
    reasoning,
    ended: answer !== undefined,
    answers: answers.length,
    after: (fenced ? withoutFirstFence(after) : after).trim(),
  };
}

/** A text that needs no parsing (a person's edit, a row of a refined file) as a plain reply: think tags are text. */
export function wholeReply(raw: string, from = 0): ParsedReply {
  return {
    format: 'plain',
    ...placeCandidate(raw.slice(from), from),
    reason: null,
    critique: '',
    reasoning: '',
    ended: false,
    answers: 1,
    after: '',
  };
}

function noCandidate(
  format: ReplyFormat,
  reason: 'no_marker' | 'reasoning_unclosed',
  reasoning: string,
  critique: string,
): ParsedReply {
  const nothing = { candidate: null, span: null, ended: false, answers: 0, after: '' };
  return { format, reason, reasoning, critique, ...nothing };
}

function placeCandidate(body: string, offset: number): Pick<ParsedReply, 'candidate' | 'span'> {
  const candidate = body.trim();
  const start = offset + (body.length - body.trimStart().length);
  return { candidate, span: { start, end: start + candidate.length } };
}

/**
 * Openers lead a line. Once one stands alone on its line, so must the others: a line of the answer that begins
 * with the words `[Better Answer]` is text. A reply without line breaks has its opener after a sentence instead.
 */
function chooseOpeners(markers: readonly ReplyMarker[]): ReplyMarker[] {
  const openers = markers.filter((marker) => marker.kind === 'open');
  const leading = openers.filter((marker) => marker.leads);
  if (leading.length === 0) return openers.filter((marker) => marker.trails || marker.afterSentence);
  return leading[0]?.trails ? leading.filter((marker) => marker.trails) : leading;
}

/**
 * Closers end a line. Failing those, one that leads a line (`[End] I hope this helps.`), and failing that, one
 * after a sentence on the very line of an opener.
 */
function chooseClosers(markers: readonly ReplyMarker[], openers: readonly ReplyMarker[]): ReplyMarker[] {
  const first = openers[0]?.end ?? Number.POSITIVE_INFINITY;
  const closers = markers.filter((marker) => marker.kind === 'close' && marker.start >= first);
  const trailing = closers.filter((marker) => marker.trails);
  if (trailing.length > 0) return trailing;
  const leading = closers.filter((marker) => marker.leads);
  if (leading.length > 0) return leading;
  const lines = new Set(openers.map((marker) => marker.line));
  return closers.filter((marker) => marker.afterSentence && lines.has(marker.line));
}

/** One complete answer: the text between `opener` and `closer`. */
interface Answer {
  readonly opener: ReplyMarker;
  readonly closer: ReplyMarker;
  /** Past `closer` and the closers that repeat it. */
  readonly end: number;
  /** Where text goes on after `end`. */
  readonly resumes: number;
}

/**
 * Matches the markers like brackets and returns the outermost pairs in order. An opener that is never closed was
 * abandoned. A closer too many repeats the one before it when nothing stands between them; when text does and it
 * is alone on its line, the answer goes on to it.
 */
function pairUp(raw: string, openers: readonly ReplyMarker[], closers: readonly ReplyMarker[]): Answer[] {
  const open: ReplyMarker[] = [];
  const answers: Answer[] = [];
  const markers = [...openers, ...closers].sort((one, other) => one.start - other.start);
  for (const marker of markers) {
    if (marker.kind === 'open') {
      open.push(marker);
      continue;
    }
    const opener = open.pop();
    const previous = answers.at(-1);
    if (opener !== undefined) {
      while ((answers.at(-1)?.opener.start ?? -1) > opener.start) answers.pop();
      answers.push({ opener, closer: marker, end: marker.end, resumes: skipBlanks(raw, marker.end) });
    } else if (previous !== undefined) {
      const repeated = marker.start <= previous.resumes;
      if (!repeated && !(marker.leads && marker.trails)) continue;
      const closer = repeated ? previous.closer : marker;
      answers[answers.length - 1] = {
        ...previous,
        closer,
        end: marker.end,
        resumes: skipBlanks(raw, marker.end),
      };
    }
  }
  return answers;
}

function skipBlanks(text: string, from: number): number {
  const blanks = /\s*/y;
  blanks.lastIndex = from;
  blanks.test(text);
  return blanks.lastIndex;
}

const FENCE_LINES = /^[ \t]*(?:`{3,}|~{3,})[^`\n]*$/gm;
const FIRST_FENCE_LINE = /^\s*(?:`{3,}|~{3,})[^`\n]*(?:\n|$)/;
const FENCE_LINE = /^[ \t]*(?:`{3,}|~{3,})[^`\n]*$/;

function countFences(text: string): number {
  return text.match(FENCE_LINES)?.length ?? 0;
}

function withoutFirstFence(text: string): string {
  return text.replace(FIRST_FENCE_LINE, '');
}

function withoutLastFence(text: string): string {
  const trimmed = text.trimEnd();
  const lastLine = trimmed.lastIndexOf('\n') + 1;
  return FENCE_LINE.test(trimmed.slice(lastLine)) ? trimmed.slice(0, lastLine) : text;
}
