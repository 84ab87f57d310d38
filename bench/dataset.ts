import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realData } from '../test/support/real-data.ts';

export interface BenchDataset {
  readonly path: string;
  readonly about: string;
}

/** Rows of the generated dataset: as many as Alpaca has. */
const ROWS = 52_002;

/** The real Alpaca file where it is at hand; else rows of the same number, form and size, made up in `folder`. */
export function findDataset(folder: string): BenchDataset {
  const path = realData('alpaca_data.json');
  if (path !== undefined) return { path, about: 'the Alpaca dataset, 52,002 rows' };
  const generated = join(folder, 'generated.json');
  writeFileSync(generated, JSON.stringify(generateRows(), null, 4));
  return { path: generated, about: 'generated rows, 52,002 of them' };
}

function generateRows(): { instruction: string; input: string; output: string }[] {
  const random = seededRandom(20240717);
  return Array.from({ length: ROWS }, (_, row) => ({
    instruction: `Task ${row}: ${words(random, 60)}`,
    input: random() < 0.4 ? words(random, 60) : '',
    output: words(random, logNormal(random, 150, 1.1)),
  }));
}

const vocabulary =
  'the a of and to in is for on with as by it that from at an are be this which or can will their time water ' +
  'people number system example process different important between through because however language model';
const WORDS = vocabulary.split(' ');

/** Random words, together at least so many characters. */
export function words(random: () => number, characters: number): string {
  let text = '';
  while (text.length < characters) text += `${WORDS[Math.floor(random() * WORDS.length)]} `;
  return `${text.trimEnd()}.`;
}

function logNormal(random: () => number, median: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}

/** Numbers from 0 up to 1, the same for the same seed (a linear congruential generator modulo 2^32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
