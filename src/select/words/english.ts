/**
 * What the sentence rules know of English. Abbreviations and sentence starters are those that Kiss and Strunk's
 * unsupervised method (Punkt, 2006) learned from the Wall Street Journal, which is the model that NLTK's
 * `word_tokenize` uses. All in lower case, without the final period.
 */
export const ABBREVIATIONS: ReadonlySet<string> = new Set(
  // Single letters are here because newspapers print them as initials.
  (
    'c d e f g h k l m n p r s t v w ' +
    'a.a a.c a.d a.g a.h a.m a.m.e a.s a.t b.f b.v c.i.t c.o.m.b c.v d.c d.h d.w e.f e.h e.l e.m f.g f.j g.d g.f ' +
    'g.k h.c h.f h.m i.m.s j.b j.c j.j j.k j.p j.r l.a l.f l.p m.b.a m.d.c m.j n.c n.d n.h n.j n.m n.v n.y p.a.m ' +
    'p.m ph.d r.a r.h r.i r.j r.k r.t s.a s.a.y s.c s.g s.p.a s.s t.j u.k u.n u.s u.s.a u.s.s.r w.c w.r w.va w.w ' +
    'adm ala ariz aug ave bros calif chg cie co col colo conn corp cos ct dec dr feb fla fri ft ga gen ill inc jan ' +
    'jr kan ky lt ltd maj messrs mg mich minn mr mrs ms nev nov oct ok okla ore pa prof rep reps sen sep sept sr st ' +
    'sw tenn tues va vs vt wash wed wis yr'
  ).split(' '),
);

/** Words that, with a capital, begin a sentence even after an abbreviation. */
export const SENTENCE_STARTERS: ReadonlySet<string> = new Set(
  (
    'according although among both but despite even he however i if in indeed instead it many meanwhile moreover ' +
    'most nevertheless nonetheless nor sales separately similarly since so some the there these they this though ' +
    'thus under when while yet'
  ).split(' '),
);

const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a about after all an and any are as at be because been before between but by can could did do does during each ' +
    'every few first for from had has have her his how into is its just last least less let may more much must my ' +
    'never new next no not now of off on once one only or other our out over own per she should such than that their ' +
    'them then those three through to too two until up upon us use very was we were what where which who why will ' +
    'with within without would yes you your'
  ).split(' '),
);

/** Endings of common nouns, adjectives and verb forms that names rarely have. */
const ORDINARY_ENDING = /.{3}(?:tion|sion|ment|ness|ity|ly|ive|ous|ance|ence|able|ical|ing|ed)s?$/;

/**
 * Whether a word is an ordinary one rather than a name. After an initial that decides: "A. Introduction" is an item of
 * a list, "A. Lincoln" a person. The original model looks the word up among those it saw in lower case in the
 * newspaper; the function words and the most telling endings come close to that without its table.
 *
 * @param word in lower case; what follows its letters is passed over
 */
export function isOrdinaryWord(word: string): boolean {
  const letters = /^\p{L}*/u.exec(word)?.[0] ?? '';
  return FUNCTION_WORDS.has(letters) || SENTENCE_STARTERS.has(letters) || ORDINARY_ENDING.test(letters);
}
