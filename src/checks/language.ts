import type { Example } from '../dataset/example.js';
import { countScripts, differInLanguage, guessLanguage, type WrittenIn } from '../text/language.js';
import { LANGUAGE_NAMES } from '../text/language-names.js';
import { type CandidateSubject, candidateCheck, type Observation } from './check.js';
import type { Severity } from './severity.js';

/** The answer came in another language than the original, which nobody asked for. */
export const languageChanged = candidateCheck({
  id: 'language_changed',
  version: 1,
  severity: 'fail',
  description:
    'The refined response, or a good part of it, is in another language or script than the original, though the instruction asks for no such thing.',
  thresholds: {
    foreignShare: {
      default: 0.1,
      description:
        'The share of letters in a script that the example does not use, from which it is a good part.',
    },
    foreignLetters: {
      default: 20,
      description: 'How many letters of such a script there must be at the least.',
    },
  },
  find: (subject, { foreignShare, foreignLetters }) => {
    const { original, refined } = subject;
    const before = original.writtenIn;
    const now = refined.writtenIn;
    if (differInLanguage(before, now)) return judgeChange(subject, before, now);
    const foreign = findForeignScript(subject, foreignShare, foreignLetters);
    return foreign === null ? [] : [foreign];
  },
});

/** Speaks of languages, so that another one may be what was asked for. */
const ABOUT_LANGUAGE =
  /\b(?:translat|languages?\b|bilingual|multilingual|translit|romani[sz]|pinyin|pronunc|etymolog)|\btradu[cizs]|übersetz|\bvertaal|översätt|oversæt|oversett|tłumacz|přelož|çevir|\bterjemah|dịch\b|перев[её]д|переклад|ترجم|翻译|翻譯|翻訳|번역|अनुवाद/i;

function judgeChange({ example }: CandidateSubject, before: WrittenIn, now: WrittenIn): Observation[] {
  const { instruction } = example;
  if (namesOf(now).some((name) => name.test(instruction))) return [];
  const message = `The text is in another language (${describe(now)}) than the original (${describe(before)}).`;
  if (namesOf(before).some((name) => name.test(instruction))) return [{ message, severity: 'flag' }];
  if (ABOUT_LANGUAGE.test(instruction)) return [];
  return [{ message, severity: severityBy(example, before, now) }];
}

function namesOf({ script, languages }: WrittenIn): RegExp[] {
  return [script, ...languages].flatMap((name) => LANGUAGE_NAMES[name ?? ''] ?? []);
}

function describe({ script, languages: [language] }: WrittenIn): string {
  return language ?? `${script} script`;
}

/** Where the task is in the language of the answer, the original is what was out of place. */
function severityBy({ instruction, input }: Example, before: WrittenIn, now: WrittenIn): Severity {
  const task = guessLanguage(`${instruction}\n${input}`);
  const isIn = ({ script, languages }: WrittenIn): boolean =>
    before.script === now.script ? languages.includes(task.languages[0] ?? '') : script === task.script;
  if (isIn(before)) return 'fail';
  return isIn(now) ? 'note' : 'flag';
}

/** A model that falls into another language half-way. */
function findForeignScript(
  { refined, example, original }: CandidateSubject,
  share: number,
  fewest: number,
): Observation | null {
  const counts = countScripts(refined.withoutCode);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const known = countScripts(`${example.instruction}\n${example.input}\n${original.raw}`);
  for (const [script, count] of counts) {
    if (script === 'Latin' || known.has(script) || count < fewest || count < all * share) continue;
    if (LANGUAGE_NAMES[script]?.test(example.instruction) || ABOUT_LANGUAGE.test(example.instruction))
      continue;
    const percent = Math.round((100 * count) / all);
    return { message: `${percent} % of the letters are of another script (${script}).`, severity: 'flag' };
  }
  return null;
}
