import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder =
  process.env.BURNISH_REAL_DATA === undefined
    ? new URL('../../../shared/data/', import.meta.url)
    : pathToFileURL(`${process.env.BURNISH_REAL_DATA}/`);

/** The path of one of the real data files; undefined where it is not at hand. */
export function realData(name: string): string | undefined {
  const path = fileURLToPath(new URL(name, folder));
  return existsSync(path) ? path : undefined;
}
