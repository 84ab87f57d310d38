import type { TextView } from '../../text/text-view.js';
import { readWords } from '../../text/words.js';

/** What kind of work an instruction asks for; null where it asks for none, such as a fact or an explanation. */
export type Genre =
  | 'narrative'
  | 'verse'
  | 'drama'
  | 'letter'
  | 'speech'
  | 'essay'
  | 'code'
  | 'list'
  | 'guidance';

/** Nouns for works, by genre, in the singular. */
const NOUNS: Readonly<Record<Genre, string>> = {
  narrative:
    'story tale fable narrative novel novella myth legend fairytale anecdote scene chapter fiction adventure parable plot saga',
  verse:
    'poem song rap lyric haiku sonnet limerick ode ballad verse rhyme jingle anthem hymn lullaby acrostic tune stanza poetry chorus',
  drama:
    'dialogue dialog conversation skit play screenplay monologue sketch interview drama sitcom exchange podcast broadcast vlog commercial',
  letter: 'letter email e-mail message memo invitation postcard note reply apology',
  speech: 'speech toast eulogy address sermon',
  essay:
    'essay article post blog report paper review paragraph column editorial biography op-ed piece newsletter testimonial obituary ' +
    'passage text composition statement description summary analysis policy release bio profile document agreement contract manifesto declaration petition resume cv memoir diary journal ' +
    'entry caption advertisement ad slogan pitch brochure flyer notice announcement testimony feature commentary guidebook',
  code: 'program function code query algorithm class method app application regex library component page webpage script schema macro snippet',
  list: 'list survey quiz question questionnaire puzzle table menu riddle set series example name title recipe joke',
  guidance:
    'tip advice guide guideline instruction step plan strategy outline proposal suggestion recommendation idea way method tutorial ' +
    'checklist syllabus curriculum itinerary agenda schedule criterion rule procedure process approach framework presentation rubric prompt structure',
};

const GENRE_OF: ReadonlyMap<string, Genre> = new Map(
  Object.entries(NOUNS).flatMap(([genre, nouns]) => nouns.split(' ').map((noun) => [noun, genre as Genre])),
);

const PLURALS: Readonly<Record<string, string>> = {
  criteria: 'criterion',
  analyses: 'analysis',
  series: 'series',
};

/** A noun in the singular, as far as English spelling tells. */
export function singular(word: string): string {
  const known = PLURALS[word];
  if (known !== undefined) return known;
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|x|z|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** The genre of a work that is called so; null when the noun names no work. */
export function genreOf(noun: string): Genre | null {
  return GENRE_OF.get(singular(noun)) ?? null;
}

/** Works of which hardly a sentence speaks about the work: a story does not discuss the story. */
const WORKS: ReadonlySet<Genre> = new Set(['narrative', 'verse', 'drama', 'letter', 'speech', 'code']);

export function isWork(genre: Genre | null): boolean {
  return genre !== null && WORKS.has(genre);
}

/** What an instruction asks to be made. */
export interface Request {
  readonly genre: Genre | null;
  /** What the work may be called: nouns of the instruction's own, in the singular. */
  readonly nouns: ReadonlySet<string>;
  /** The instruction's words in lower case, between spaces. */
  readonly words: string;
  /** It asks for ways, tips or steps, so that an answer of any genre may give orders. */
  readonly asksForAdvice: boolean;
  /** It asks for a text to be changed, so that an answer may call itself the changed one. */
  readonly changesText: boolean;
  /** It asks what a text is or is worth, so that an answer speaks about that text. */
  readonly judgesText: boolean;
  /** It asks for a summary, a review or the like, which tells what another text says or is worth. */
  readonly isAboutText: boolean;
  /** It asks for a story, a letter or the like in which texts of another kind, or their authors, occur. */
  readonly tellsOfTexts: boolean;
}

const CHANGE =
  'rewrite|re-write|edit|revise|improve|rephrase|paraphrase|proofread|reword|modify|update|enhance|expand|shorten|simplify|correct|fix|' +
  'reformat|format|transform|convert|turn|translate|refine|polish|restructure|structure|adapt|debug|refactor|optimi[sz]e|complete|continue';
const MAKE =
  'write|compose|create|generate|draft|make up|make|come up with|develop|design|produce|craft|construct|build|prepare|tell|devise|invent|' +
  'provide|give|suggest|pen|author|synthesi[sz]e|brainstorm|imagine|script|implement|formulate|put together|think of|propose|wrte|output';
const JUDGE =
  'critique|review|analy[sz]e|evaluate|summari[sz]e|compare|contrast|rate|assess|classify|interpret|identify|discuss|explain|comment|describe|' +
  'reflect|respond|research|examine|determine|find';
const WRITING = /^(?:write|compose|draft|pen|author)$/i;
const ADVISED = /^(?:suggest|propose)$/i;
const MAKING = new RegExp(String.raw`\b(?:${MAKE}|${CHANGE})\b`, 'i');
/** What is made by these is the work, whatever it is called. */
const CREATING =
  /^(?:write|wrte|compose|create|generate|draft|make(?: up)?|develop|design|produce|craft|construct|build|prepare|devise|invent|pen|author)$/i;
/** A question about making is none for the thing. */
const ASKING_HOW = /^\W*(?:how|why|what|which|who|when|where|is|are|do|does|explain how|describe how)\b/i;
const CHANGING = new RegExp(String.raw`\b(?:${CHANGE})\b`, 'i');
const JUDGING = new RegExp(String.raw`^\W*(?:\w+\W+){0,3}?(?:${JUDGE})\b`, 'i');
const ADVISING =
  /\b(?:ways|tips|how to|strateg(?:y|ies)|steps|advice|guide|methods|best practices|instructions)\b/i;
/** Asked for one's view of something, one speaks about it. */
const OPINION = /\b(?:opinions?|feedback|thoughts|comments) (?:on|about|of|for)\b/i;
/** Works that are about other works, or may be. */
const ABOUT_TEXTS: ReadonlySet<string> = new Set(
  'summary synopsis abstract overview review critique commentary interpretation blurb description'.split(' '),
);
/** `What should the commercial include?` */
const ASKING_WHAT = /\bwhat\b[^.?!\n]{0,80}\bshould\b[^.?!\n]{0,80}\?/i;
/** Words that end the name of the work, and begin what it is about. */
const NAME_ENDS =
  /^(?:about|for|on|that|which|who|with|to|in|by|from|describing|based|using|explaining|where|including|containing|featuring|involving|between|whose|inspired|detailing|at|as|into|and|or|given|entitled|titled|called|of|set|summarizing|comparing|arguing|discussing|around|related|when|under|over|without|within|through|during|like|so|is|are|can|could|must|should|will|has|it|you)$/;
const QUANTITIES: ReadonlySet<string> = new Set(
  'list set series piece collection couple number example form type kind pair group bit sample version'.split(
    ' ',
  ),
);
const DETERMINERS = /^(?:a|an|the|your|some|me|us|one|two|three|four|five|ten|\d+|new|my|his|her)$/;
/** Scripts for actors; any other is a program. */
const STAGE =
  /\b(?:skit|play|movie|film|commercial|comedy|comedian|conversation|characters?|scene|dialogues?|chatbot|presentation|minutes?|video|podcast|phone|call|speech|tv|show|act)\b/i;

const requests = new WeakMap<TextView, Request>();

/** Reads from an instruction what is to be made: the first work it names after a verb of making. Done once for each. */
export function readRequest(instruction: TextView): Request {
  const known = requests.get(instruction);
  if (known !== undefined) return known;
  const request = parseRequest(instruction.raw.slice(0, 600));
  requests.set(instruction, request);
  return request;
}

function parseRequest(text: string): Request {
  const verb = ASKING_HOW.test(text) ? null : MAKING.exec(text);
  const nouns = new Set<string>();
  let genre: Genre | null = null;
  if (verb !== null) {
    const after = text.slice(verb.index + verb[0].length);
    const becomes = CHANGING.test(verb[0]) ? /^[^.!?\n]{1,200}?\binto\b/i.exec(after) : null;
    for (const noun of namedWorks(after.slice(becomes?.[0].length ?? 0))) {
      const found = noun === 'script' ? (STAGE.test(text) ? 'drama' : 'code') : genreOf(noun);
      if (genre === null || QUANTITIES.has([...nouns].at(-1) ?? '')) genre = found ?? genre;
      // `Ways to improve safety` makes no text of safety; `create a logo` makes something of the logo.
      if (found !== null || CREATING.test(verb[0])) nouns.add(singular(noun));
    }
  }
  // A policy that is suggested is advice, as is what a text should contain.
  if ((genre === 'essay' && verb !== null && ADVISED.test(verb[0])) || ASKING_WHAT.test(text))
    genre = 'guidance';
  // What is to be written is a text, whatever it is called.
  if (genre === null && nouns.size > 0 && verb !== null && WRITING.test(verb[0])) genre = 'essay';
  return {
    ...{ genre, nouns },
    words: ` ${readWords(text).join(' ')} `,
    asksForAdvice: genre === 'guidance' || ADVISING.test(text),
    changesText: CHANGING.test(text.slice(0, 160)),
    judgesText: JUDGING.test(text) || OPINION.test(text),
    isAboutText: [...nouns].some((noun) => ABOUT_TEXTS.has(noun)),
    tellsOfTexts: isWork(genre) && genre !== 'code' && tellsOfTexts(text, genre),
  };
}

/** Who writes texts or has to do with them, and what they work on. */
const LETTERS =
  /^(?:writer|author|poet|critic|editor|novelist|journalist|playwright|screenwriter|songwriter|reviewer|draft|manuscript|feedback|critique)$/;
/** What is given, or belongs to the request itself, is no subject. */
const OCCURRING = /^(?:an?|his|her|their|my|our|unfinished|own|draft|written|new)$/;
const LITERARY: ReadonlySet<string> = new Set(['narrative', 'verse', 'drama', 'essay']);

function tellsOfTexts(text: string, genre: Genre | null): boolean {
  const words = readWords(text);
  return words.some((word, place) => {
    const noun = singular(word);
    if (LETTERS.test(noun)) return true;
    const kind = genreOf(noun);
    return kind !== null && kind !== genre && LITERARY.has(kind) && OCCURRING.test(words[place - 1] ?? '');
  });
}

/** The last words of the first noun phrases: `a short persuasive essay | about ...` names an essay. */
function namedWorks(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}'-]+|[.,;:!?()\n]/gu) ?? [];
  const names: string[] = [];
  let name: string | null = null;
  for (const word of words.slice(0, 24)) {
    const ends = NAME_ENDS.test(word) || /^[.,;:!?()\n]$/.test(word);
    if (!ends) {
      // `a story adapted` and `a letter asking` name a story and a letter.
      if (!DETERMINERS.test(word) && (name === null || genreOf(name) === null || genreOf(word) !== null))
        name = word;
      continue;
    }
    if (name !== null) names.push(name);
    const wasQuantity: boolean = name !== null && QUANTITIES.has(singular(name)) && word === 'of';
    if (name !== null && !wasQuantity) return names;
    if (/^[.;:!?()\n]$/.test(word)) return names;
    name = null;
  }
  return name === null ? names : [...names, name];
}
