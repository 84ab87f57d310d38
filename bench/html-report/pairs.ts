import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '../../test/support/random.ts';
import { realData } from '../../test/support/real-data.ts';
import { writeText } from '../made-up-text.ts';

/** Two files to compare. */
export interface Pairs {
  readonly original: string;
  readonly refined: string;
  /** What they are, in words. */
  readonly about: string;
}

/** 1,000 real pairs where they are at hand, made-up ones of about the same lengths elsewhere. */
export function findPairs(folder: string): Pairs {
  const original = realData('paper_selected_1k.json');
  const refined = realData('paper_refined_1k.json');
  if (original !== undefined && refined !== undefined)
    return { original, refined, about: '1,000 real pairs' };
  const random = new Random(1);
  const texts = Array.from({ length: 1000 }, (_, seed) =>
    writeText({ words: 120 + random.below(300), seed }),
  );
  return {
    original: write(join(folder, 'original.json'), texts),
    refined: write(
      join(folder, 'refined.json'),
      texts.map((text) => text.replaceAll(/\S+/g, (word) => (random.below(2) === 0 ? word : `${word}ly`))),
    ),
    about: '1,000 made-up pairs',
  };
}

function write(path: string, texts: readonly string[]): string {
  const rows = texts.map((output, place) => ({ instruction: `Task ${place}`, input: '', output }));
  writeFileSync(path, JSON.stringify(rows));
  return path;
}
