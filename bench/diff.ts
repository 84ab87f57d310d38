// Measures how long it takes to compare two texts; docs/diff.md explains the figures.
//
//   npm run bench:diff [-- --runs 15]

import { parseArgs } from 'node:util';
import { diffTexts } from '../src/diff/diff-texts.ts';
import { similarity } from '../src/diff/similarity.ts';
import { realData } from '../test/support/real-data.ts';
import { readPairs } from './checks/pairs.ts';
import { writeText } from './made-up-text.ts';
import { median } from './median.ts';
import { layOut } from './table.ts';

/** Two texts, and how long it may take to compare them. */
interface Case {
  readonly name: string;
  readonly original: string;
  readonly refined: string;
  readonly targetMs: number;
}

const LONG = 5000;
const MEGABYTE = 1_000_000;
const FAST_MS = 50;
const HUGE_MS = 1000;

const { values } = parseArgs({ options: { runs: { type: 'string', default: '15' } } });
const runs = Number(values.runs);
console.log(`Node.js ${process.version}; the slowest and the median of ${runs} after two to warm up\n`);
const cases = [...madeUpCases(), ...(await realCases())];
console.log(
  layOut([['texts', 'characters', 'similarity', 'median', 'slowest', 'target', ''], ...cases.map(measure)]),
);

function madeUpCases(): Case[] {
  const text = writeText({ words: LONG, seed: 1 });
  const long = { original: text, targetMs: FAST_MS };
  const items = text.split(/[.\n]+/).map((line) => `- ${line.trim()}`);
  const huge = { original: oneLine(writeText({ words: 170_000, seed: 1 })), targetMs: HUGE_MS };
  return [
    { name: '5,000 words, one in 20 changed', ...long, refined: rewrite(text, 0.05, 3) },
    { name: '5,000 words, every second one changed', ...long, refined: rewrite(text, 0.5, 3) },
    { name: '5,000 words, four in five changed', ...long, refined: rewrite(text, 0.8, 3) },
    { name: '5,000 words, another text', ...long, refined: writeText({ words: LONG, seed: 2 }) },
    {
      name: '5,000 words, a list in another order',
      original: items.join('\n'),
      refined: items.toSorted().join('\n'),
      targetMs: FAST_MS,
    },
    {
      name: '5,000 words without spaces, another text',
      original: unspaced(5000, 1),
      refined: unspaced(5000, 2),
      targetMs: FAST_MS,
    },
    { name: 'a line of 1 MB, one word in 20 changed', ...huge, refined: rewrite(huge.original, 0.05, 3) },
    { name: 'a line of 1 MB, every second word changed', ...huge, refined: rewrite(huge.original, 0.5, 3) },
    {
      name: 'a line of 1 MB, another text',
      ...huge,
      refined: oneLine(writeText({ words: 170_000, seed: 2 })),
    },
    {
      name: 'one letter, 1 MB of it',
      original: 'x'.repeat(MEGABYTE),
      refined: 'x'.repeat(MEGABYTE - 1),
      targetMs: HUGE_MS,
    },
    {
      name: '1 MB without spaces',
      original: unspaced(170_000, 1),
      refined: unspaced(170_000, 2),
      targetMs: HUGE_MS,
    },
  ];
}

/** The pairs that the authors of *Long Is More for Alignment* published, end to end. */
async function realCases(): Promise<Case[]> {
  const [original, refined] = [realData('paper_selected_1k.json'), realData('paper_refined_1k.json')];
  if (original === undefined || refined === undefined) return [];
  const pairs = await readPairs(original, refined);
  const many = pairs.slice(0, 22);
  const join = (texts: readonly string[]): string => texts.join('\n\n');
  const before = join(many.map(({ example }) => example.response));
  return [
    {
      name: `${many.length} real answers and their refinements`,
      original: before,
      refined: join(many.map(({ refined }) => refined)),
      targetMs: FAST_MS,
    },
    {
      name: `${many.length} real answers and ${many.length} others`,
      original: before,
      refined: join(pairs.slice(100, 122).map(({ refined }) => refined)),
      targetMs: FAST_MS,
    },
    ...longest(
      pairs.map(({ example, refined }) => ({
        name: 'the slowest real answer of 1,000',
        original: example.response,
        refined,
        targetMs: FAST_MS,
      })),
    ),
  ];
}

/** The case that takes longest, by the best of three, so that nothing else that the machine did counts. */
function longest(cases: readonly Case[]): Case[] {
  for (const one of cases) timeOf(one);
  const timed = cases.map((one) => ({ one, ms: Math.min(timeOf(one), timeOf(one), timeOf(one)) }));
  return timed
    .sort((one, other) => other.ms - one.ms)
    .slice(0, 1)
    .map(({ one }) => one);
}

function measure(one: Case): string[] {
  for (let round = 0; round < 2; round++) timeOf(one);
  const times = Array.from({ length: runs }, () => timeOf(one));
  const slowest = Math.max(...times);
  const share = similarity(diffTexts(one.original, one.refined));
  return [
    one.name,
    one.original.length.toLocaleString('en-US'),
    `${Math.round(100 * share)} %`,
    `${median(times).toFixed(1)} ms`,
    `${slowest.toFixed(1)} ms`,
    `< ${one.targetMs} ms`,
    median(times) < one.targetMs ? 'met' : 'MISSED',
  ];
}

function timeOf({ original, refined }: Case): number {
  const startMs = performance.now();
  diffTexts(original, refined);
  return performance.now() - startMs;
}

/** The text with this share of its words replaced, left out or doubled. */
function rewrite(text: string, share: number, seed: number): string {
  const others = writeText({ words: 2000, seed }).split(/\s+/);
  let count = 0;
  return text.replaceAll(/\S+/g, (word) => {
    count += 1;
    const dice = pseudoRandom(count, seed);
    if (dice >= share) return word;
    const other = others[Math.floor(pseudoRandom(count, seed + 1) * others.length)] ?? '';
    const way = Math.floor((dice / share) * 4);
    return way === 0 ? '' : way === 1 ? `${word} ${other}` : other;
  });
}

/** A number from 0 to 1 for each place. */
function pseudoRandom(place: number, seed: number): number {
  const value = Math.sin(place * 12.9898 + seed * 78.233) * 43758.5453;
  return value - Math.floor(value);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** Some so many words of two common Chinese characters. */
function unspaced(words: number, seed: number): string {
  return Array.from({ length: 2 * words }, (_, place) =>
    String.fromCodePoint(0x4e00 + Math.floor(pseudoRandom(place, seed) ** 3 * 3000)),
  ).join('');
}
