import type { Example } from '../dataset/example.js';
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
  /<\|[a-z][\w ]{1,30}\|>|<\|[a-z_]{2,20}>|<[a-z_]{2,20}\|>/gi,
  // With bars and blocks of full width, as DeepSeek has them.
  /<｜[^｜<>\n]{1,40}｜>/g,
  /\[\/?(?:INST|TOOL_CALLS|AVAILABLE_TOOLS|TOOL_RESULTS|SYSTEM_PROMPT)\]|<<\/?SYS>>/g,
  /<(?:start|end)_of_(?:turn|image|text)>|<(?:eos|bos|pad|unk|unused\d{1,4})>/g,
  /^<s>|<\/s>$/g,
  /^<\/?(?:(?:improved|refined|revised|better|final|rewritten|enhanced)_)?(?:answer|response|output|reply)>|<\/(?:(?:improved|refined|revised|better|final|rewritten|enhanced)_)?(?:answer|response|output|reply)>$/g,
  /<\/?(?:think|thinking|reasoning)>/gi,
];

/** The end marker with its brackets lost, as a last line of its own. */
const BARE_END = /^[[*_]{0,4}End[\]*_]{0,4}$/;

/** A marker of the reply, or of a chat template, was left in the text. */
export const markerResidue = candidateCheck({
  id: 'marker_residue',
  version: 2,
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
    const role = findRole(candidate, example);
    if (role !== null) found.set(role.message, role);
    const wrap = findWrap(candidate, example);
    if (wrap !== null) found.set(wrap.message, wrap);
    const lastLine = candidate.slice(candidate.lastIndexOf('\n') + 1);
    if (BARE_END.test(lastLine) && lastLine !== candidate && !example.response.trimEnd().endsWith(lastLine)) {
      found.set(lastLine, residue(lastLine, candidate.length - lastLine.length));
    }
    return [...found.values()];
  },
});

/** Who speaks in a transcript of a chat. */
const ROLE = /(?:^|\n[ \t]*\n)[ \t]*[*_#]{0,4}[ \t]{0,2}(User|Human|Assistant|Chatbot|AI)[*_]{0,3}:/;

/** The name of a speaker at the beginning of a paragraph, which nothing in the example mentions. */
function findRole(candidate: string, { instruction, input, response }: Example): Observation | null {
  const match = ROLE.exec(candidate);
  const [label = '', name = ''] = match ?? [];
  if (match === null || /\b(?:dialog|conversation|chat|script|interview|persona)/i.test(instruction))
    return null;
  if (new RegExp(String.raw`\b${name}`, 'i').test(`${instruction}\n${input}\n${response}`)) return null;
  const end = match.index + label.length;
  return {
    message: `The speaker of a chat, ${name}, stands before a part of the text.`,
    start: end - label.trimStart().length,
    end,
  };
}

/** An object of JSON with nothing but the answer, by whatever name. */
const WRAPPED =
  /^\s*(?:```(?:json)?\s*)?\{\s*"(?:\w{1,20}_)?(?:answer|response|output|text|reply|content)"\s*:\s*"/i;

function findWrap(candidate: string, { instruction, input, response }: Example): Observation | null {
  if (!WRAPPED.test(candidate) || /[{<]|json|api\b/i.test(`${instruction}${input.slice(0, 500)}${response}`))
    return null;
  return { message: 'The text is wrapped in an object of JSON, which nothing asks for.' };
}

function residue(marker: string, start: number): Observation {
  return { message: `The marker ${marker} was left in the text.`, start, end: start + marker.length };
}

function normalise(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
