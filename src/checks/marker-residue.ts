import { candidateCheck, type Observation } from './check.js';

/**
 * Marks of the reply format and of chat templates. Stage directions such as `[End of Scene 2]` are none of them,
 * nor is `<s>` within HTML.
 */
const RESIDUE: readonly RegExp[] = [
  /\[[ \t*_/]{0,8}(?:better|improved|revised|refined|rewritten|enhanced|original)[ \t_-](?:answer|response)\b[^\]\n]{0,20}\]/gi,
  /(?<![A-Za-z0-9])\[[ \t*_/]{0,8}end[.:!]?[ \t*_]{0,8}\]/gi,
  /\[[ \t*_/]{0,8}(?:end|start|begin)(?:ning)?(?: of)?(?: the| your)?(?: better| improved| revised| refined| original)?[ \t](?:answer|response|reply|critique|output)[ \t*_.]{0,8}\]/gi,
  /^#{2,4}[ \t]{0,4}(?:instruction|response|input|human|assistant):/gim,
  /<\|[a-z][a-z_ ]{1,30}\|>/gi,
  /\[\/?INST\]|<<\/?SYS>>/g,
  /<(?:start|end)_of_turn>/g,
  /^<s>|<\/s>$/g,
  /<\/?(?:think|thinking|reasoning)>/gi,
];

/** The end marker with its brackets lost, as a last line of its own. */
const BARE_END = /^[[*_]{0,4}End[\]*_]{0,4}$/;

/** A marker of the reply, or of a chat template, was left in the text. */
export const markerResidue = candidateCheck({
  id: 'marker_residue',
  version: 1,
  severity: 'flag',
  description:
    'A reply marker or chat-template token stands in the refined response, though not in the example.',
  find: ({ candidate, example }) => {
    let known: string | null = null;
    const found = new Map<string, Observation>();
    for (const pattern of RESIDUE) {
      for (const { 0: marker, index: start } of candidate.matchAll(pattern)) {
        // Most candidates have no marker at all, so the example is prepared only when there is one.
        known ??= normalise([example.instruction, example.input, example.response].join('\n'));
        const name = normalise(marker);
        if (!known.includes(name) && !found.has(name)) found.set(name, residue(marker, start));
      }
    }
    const lastLine = candidate.slice(candidate.lastIndexOf('\n') + 1);
    if (BARE_END.test(lastLine) && lastLine !== candidate && !example.response.trimEnd().endsWith(lastLine)) {
      found.set(lastLine, residue(lastLine, candidate.length - lastLine.length));
    }
    return [...found.values()];
  },
});

function residue(marker: string, start: number): Observation {
  return { message: `The marker ${marker} was left in the text.`, start, end: start + marker.length };
}

function normalise(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
