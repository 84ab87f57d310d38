import { shorten } from '../errors.js';
import { replyCheck } from './check.js';

/** A refusal is brief; a longer text that opens with an apology still goes on to do the work. */
const MOST_WORDS = 120;
/** How far into the text its opening reaches, in characters. */
const OPENING_LENGTH = 240;

const SORRY = String.raw`(?:(?:i['’]?m|i am|we['’]?re|we are)\s+(?:very |so |really )?sorry|sorry|my apologies|apologies|i apologi[sz]e|unfortunately|regrettably)`;
const UNABLE = String.raw`i(?:\s+am|['’]m)?\s+(?:simply |just |currently )?(?:cannot|can['’]?t|can not|unable to|not able to|not comfortable|won['’]?t|will not|must decline|have to decline|not allowed to|not permitted to|not going to be able to)`;
const SERVE = String.raw`(?:(?:really|directly|actually|possibly|be able to)\s+)?(?:assist|help (?:you )?with|help you|provide|fulfil|generate|create|complete|comply|write|produce|engage|offer|access|browse|view|answer|process|continue|do that|do this|support|participate|discuss|share|give you|rewrite|refine|improve|perform|execute|draw|play|open|predict)`;

/** `As an AI I have no childhood, but here is a story:` does the work after all. */
const DELIVERS = /\bhere(?:['’]s| is| are)\b/i;

const OPENINGS: readonly RegExp[] = [
  // "I'm sorry, but I can't help with that."
  new RegExp(String.raw`^${SORRY}\b[^.!?\n]{0,80}?\b${UNABLE}\s+(?:with |to )?${SERVE}`, 'i'),
  // "Sorry, the task cannot be completed."
  new RegExp(
    String.raw`^(?:${SORRY},?\s+(?:but\s+)?)?(?:this|the|that|your) (?:task|request|instruction|prompt|question)\b[^.!?\n]{0,80}\b(?:cannot|can['’]?t|can not)\b[^.!?\n]{0,20}\b(?:completed?|fulfill?(?:ed)?|done|perform(?:ed)?|answer(?:ed)?|process(?:ed)?|execute[d]?|generated?|provided?)`,
    'i',
  ),
  // "Sorry, this is a visual task. Due to the limits of the model, we cannot complete this task."
  new RegExp(
    String.raw`^${SORRY}\b[^\n]{0,160}?\b(?:cannot|can['’]?t|can not|unable to) (?:complete|fulfil|fulfill|perform) (?:this|the) (?:task|instruction|prompt)`,
    'i',
  ),
  // "I cannot fulfil this request." Without an apology the verb has to be an assistant's.
  new RegExp(
    String.raw`^${UNABLE}\s+(?:with |to )?(?:assist|help (?:you )?with|provide|fulfill?|comply|generate|create|produce|engage|(?:write|complete|continue|answer|do|rewrite|refine|improve) (?:this|that|the|your|any))\b`,
    'i',
  ),
  // "As an AI language model, I don't have access to ..."
  new RegExp(
    String.raw`^(?:${SORRY},?\s+(?:but\s+)?)?(?:as|being|i am(?: just)?|i['’]m(?: just)?) an? (?:ai\b|artificial intelligence|(?:large )?language model|text-based)[^.!?\n]{0,80}?\b(?:cannot|can['’]?t|can not|unable|not able|do not|don['’]?t|not have|not capable|not programmed|won['’]?t)`,
    'i',
  ),
  // "I'm sorry, but there is no response to refine. Please provide it."
  new RegExp(
    String.raw`^${SORRY},?\s+(?:but\s+)?(?:there (?:is|was) no|you (?:haven['’]?t|have not|did not|didn['’]?t)|no |i (?:don['’]?t|do not) (?:have|see))[^.!?\n]{0,60}\b(?:answer|response|text|instruction|input|question|content|image|file|information)`,
    'i',
  ),
  // "Please provide the text you would like me to improve."
  new RegExp(
    String.raw`^(?:(?:sure|certainly|of course|great|okay|absolutely)[!,.]? )?(?:(?:please|could you|can you)(?: please)? (?:provide|share|paste|send|give)|${SORRY})\b[^.!?\n]{0,80}\b(?:(?:would|['’]d) like me to|want me to|(?:so )?(?:that )?i (?:can|could) (?:refine|improve|revise|rewrite)|for me to) ?(?:refine|improve|revise|rewrite|enhance|it\b|the\b)`,
    'i',
  ),
  // "Unfortunately, this falls outside what I can do."
  new RegExp(
    String.raw`^(?:${SORRY},?\s+(?:but\s+)?)(?:this|the|that|your)\b[^.!?\n]{0,40}\b(?:outside|beyond|against)\b[^.!?\n]{0,30}\b(?:what i (?:can|am able)|my (?:capabilit|abilit|scope|guideline|polic|programming))`,
    'i',
  ),
  // "The original response is already good."
  /^the (?:original|existing|current) (?:answer|response) (?:is|was) already\b/i,
];

/** Who is asked to put a text right may find nothing to change. */
const ASKS_FOR_CHANGES =
  /\b(?:edit|correct|fix|proofread|check|chang|improv|revis|rewrit|errors?|mistakes?|debug|grammar|updat|modif)/i;
const NO_CHANGES =
  /^no (?:changes|improvements?|revisions?|edits) (?:(?:are|is) )?(?:needed|necessary|required)\b/i;

/** The example itself asks for words of regret, so such words are no refusal. */
const ASKS_FOR_REGRET =
  /\b(?:apolog|sorry|regret|declin|refus|reject|turn(?:ing)? down|say(?:ing)? no|unable|unavailable)/i;

/** The model declined to answer. */
export const refusal = replyCheck({
  id: 'refusal',
  version: 2,
  severity: 'fail',
  description: 'The model refused, though the original response did not.',
  find: ({ parsed, example }) => {
    // A model that refuses often forgets the markers as well: then the whole reply is what it said.
    const text = parsed.candidate ?? parsed.critique;
    const asked = `${example.instruction}\n${example.input}`;
    const refused = findRefusal(text) ?? (ASKS_FOR_CHANGES.test(asked) ? null : findNoChanges(text));
    if (refused === null || findRefusal(example.response) !== null) return [];
    if (ASKS_FOR_REGRET.test(asked)) return [];
    const message = `The reply is a refusal: ${shorten(refused)}.`;
    return [parsed.candidate === null ? { message } : { message, start: 0, end: refused.length }];
  },
});

function findNoChanges(text: string): string | null {
  return NO_CHANGES.exec(text.slice(0, OPENING_LENGTH))?.[0] ?? null;
}

function findRefusal(text: string): string | null {
  const words = text.slice(0, 4000).split(/\s+/, MOST_WORDS + 1);
  if (words.length > MOST_WORDS || DELIVERS.test(text)) return null;
  const opening = text.slice(0, OPENING_LENGTH);
  for (const pattern of OPENINGS) {
    const match = pattern.exec(opening);
    if (match !== null) return match[0];
  }
  return null;
}
