import { candidateCheck } from './check.js';

/** The points that the paper's refinement prompt, and ours, ask a response to be judged by. */
const CRITERION =
  /^[*_#\s]{0,6}(helpfulness|relevance|relevancy|accuracy|levels? of details?|structure|depth)\b[*_]{0,3}\s*(?::|$|[-–])/i;
/** Criteria that hardly any subject has by itself. */
const TELLING = /^(?:helpfulness|relevanc[ey]|levels? of details?)/i;

/** The criteria of the refinement prompt serve as the text's own headings. */
export const rubricLeak = candidateCheck({
  id: 'rubric_leak',
  version: 1,
  severity: 'fail',
  description:
    'The criteria of the refinement prompt (helpfulness, relevance, accuracy, ...) stand as headings or labels.',
  find: ({ refined, original, instruction }) => {
    const labels = refined.lines.flatMap(({ content, from, end, kind }) => {
      const name = kind === 'code' ? undefined : CRITERION.exec(content)?.[1];
      return name === undefined ? [] : [{ name: name.toLowerCase(), start: from, end }];
    });
    const known = `${original.raw}\n${instruction.raw}`.toLowerCase();
    const leaked = labels.filter(({ name }) => !known.includes(`${name}:`));
    const names = new Set(leaked.map(({ name }) => name));
    const [first] = leaked;
    const isTelling = leaked.some(({ name }) => TELLING.test(name));
    // A lake has a depth and a structure, a model a depth and an accuracy.
    if (first === undefined || (!isTelling && names.size < 3)) return [];
    const isCertain = isTelling && names.size > 1;
    return [
      {
        message: `The criteria of the prompt stand as labels: ${[...names].join(', ')}.`,
        start: first.start,
        end: first.end,
        ...(!isCertain && { severity: 'flag' as const }),
      },
    ];
  },
});
