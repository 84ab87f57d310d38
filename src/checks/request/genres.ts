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

/** Whether a genre is that of such works; false where no work is asked for. */
export function isWork(genre: Genre | null): boolean {
  return genre !== null && WORKS.has(genre);
}
