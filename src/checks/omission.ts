import { shorten } from '../errors.js';
import type { Line } from '../text/lines.js';
import { type CandidateSubject, candidateCheck } from './check.js';

/** How one says in brackets that what belongs here is left out. Stage directions and `(repeat chorus)` say none of it. */
const IN_BRACKETS: readonly RegExp[] = [
  /[[(<{][^[\](){}<>\n]{0,30}\bcontinu(?:e|es|ing)\s(?:with\s)?(?:the|this|these|adding|listing|writing|in)\s(?:\w{1,20}\s){0,3}?(?:list|listing|pattern|items|questions|steps|code|process|table|format|manner|structure|rest|remaining)\b[^[\](){}<>\n]{0,80}[\])>}]/gi,
  /[[({<][^[\](){}<>\n]{0,20}\b(?:the )?(?:rest|remainder) of (?:the|your|this)\b[^[\](){}<>\n]{0,50}\b(?:same|unchanged|here|above|before|follows?|goes)\b[^[\](){}<>\n]{0,30}[\])>}]/gi,
  /[[({<][ \t]*(?:\.{3}|…)[ \t]*(?:the )?(?:rest|remaining|remainder|other)\b[^[\](){}<>\n]{1,60}[\])>}]/gi,
  /[[({<][ \t]*(?:the )?(?:rest|remainder)[ \t](?:remains?|is|stays|follows?)\b[^[\](){}<>\n]{0,40}[\])>}]/gi,
  /[[({<][ \t]*(?:\.{3}|…)?[ \t]*(?:and )?(?:\d{1,4}|many|several) more (?:items?|questions?|lines?|rows?|examples?|entries|words?|steps?|sentences?|paragraphs?|names?|chapters?)\b[^[\](){}<>\n]{0,30}[\])>}]/gi,
  /[[({<][^[\](){}<>\n]{0,60}\b(?:omitted|truncated|left out|shortened|not shown)(?: here)?(?: for (?:brevity|space|clarity|length))?[ \t.]{0,3}[\])>}]/gi,
  /[[（(【][ \t]*(?:以下)?(?:省略|略)[ \t。]*[\]）)】]/g,
];

/** The same within a sentence, which needs plainer words. */
const IN_TEXT: readonly RegExp[] = [
  /\b(?:and so on|and so forth|etc\.?)[ ,]{1,3}(?:for|until|through|with) (?:the|all|each|every)(?: of)?(?: the)? (?:rest|remaining|other)\b[^.\n]{0,60}/gi,
  /\b(?:and so on|and so forth)[ ,]{1,3}(?:until|till|up to|through) (?:[\p{Lu}\d]|the (?:last|end|\d))[^.\n]{0,60}/gu,
  /\b(?:the )?(?:rest|remainder) of (?:the|your) (?:code|script|program|function|class|file|text|story|essay|article|letter|poem|song|list|table|document|dialogue) (?:remains?|is|stays) (?:the same|unchanged|as (?:it was|before|is))\b/gi,
  /\b(?:omitted|left out|truncated|shortened) (?:here )?for (?:brevity|space|the sake of brevity)\b/gi,
];

/** A comment in the place of code. */
const COMMENT = new RegExp(
  String.raw`(?:(?<![:\w#/])(?:#|\/\/|\/\*|<!--)|^[ \t]*(?:--|%))[ \t]{0,8}(?:${[
    String.raw`(?:\.{3}|…)`,
    String.raw`(?:the )?(?:rest|remainder) of (?:the|your|this)\b`,
    String.raw`(?:other|remaining|existing|previous) (?:code|functions?|methods?|logic|fields?|routes?|imports?|properties|rows?|cases?|styles?|elements?)\b[^\n]{0,20}\b(?:here|go(?:es)?|same|unchanged|remains?|stays?)\b`,
    String.raw`(?:your|add|insert|put|write|place) [^\n]{0,40}\b(?:code|logic|implementation)\b[^\n]{0,20}\bhere\b`,
    String.raw`(?:implementation|code|logic) (?:of [^\n]{1,40} )?(?:goes |is )?here\b`,
    String.raw`same as (?:above|before)\b`,
  ].join('|')})[^\n]{0,80}`,
  'gim',
);

/** An item that stands for others. */
const MORE_ITEM =
  /^(?:and so (?:on|forth)\b|(?:(?:and )?(?:(?:many|much|several|a lot|lots) )?more|and others?)\b[ \t]*(?:\.{2,}|…|!|\(|$))/i;
const LONE_ELLIPSIS = /^[ \t]*[[(]?(?:\.{3,6}|…{1,2})[\])]?[ \t]*$/;

/** The text leaves out what belongs to it, and says so. */
export const elided = candidateCheck({
  id: 'elided',
  version: 1,
  severity: 'flag',
  description:
    'Something stands for content that was left out: "(continue the list)", "# ... rest of the code".',
  find: (subject) => {
    const spans = joinOverlapping([...findPhrases(subject), ...findLines(subject)]);
    if (spans.length === 0) return [];
    const { instruction, input, response } = subject.example;
    const known = `${instruction}\n${input}\n${response}`.toLowerCase();
    return spans
      .filter(({ text }) => !known.includes(text.toLowerCase()))
      .map(({ text, start, isDoubtful }) => ({
        message: `${shorten(text)} stands for content that was left out.`,
        ...{ start, end: start + text.length },
        ...(isDoubtful && { severity: 'note' }),
      }));
  },
});

interface Span {
  readonly text: string;
  readonly start: number;
  readonly isDoubtful?: boolean;
}

function findPhrases({ candidate }: CandidateSubject): Span[] {
  return [...IN_BRACKETS, ...IN_TEXT, COMMENT].flatMap((pattern) =>
    [...candidate.matchAll(pattern)].map(({ 0: text, index: start }) => ({ text: text.trimEnd(), start })),
  );
}

/** Keeps the first and longest of what overlaps. */
function joinOverlapping(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted(
    (one, other) => one.start - other.start || other.text.length - one.text.length,
  );
  let end = -1;
  return sorted.filter(({ text, start }) => {
    if (start < end) return false;
    end = start + text.length;
    return true;
  });
}

/** Items and lines that stand for others: between list items and table rows an ellipsis is no pause. */
function findLines({ refined, original }: CandidateSubject): Span[] {
  const lines = refined.lines.filter(({ kind }) => kind !== 'blank');
  return lines.flatMap((line, place) => {
    const isMore = line.kind === 'item' && MORE_ITEM.test(line.content);
    const isGap =
      isListed(lines[place - 1]) && isListed(lines[place + 1]) && LONE_ELLIPSIS.test(line.content);
    if (!isMore && !isGap) return [];
    // "And many more!" closes an invitation; it leaves something out only where there was more.
    if (isMore && original.wordCount <= refined.wordCount) return [];
    // In mathematics and in logs three dots are what was asked for.
    return [{ text: line.content, start: line.from, isDoubtful: isGap }];
  });
}

function isListed(line: Line | undefined): boolean {
  return line !== undefined && (line.kind === 'item' || line.kind === 'table');
}
