// Writes the catalogue of checks into docs/checks.md.
//
//   npm run docs:checks
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../src/checks/index.ts';
import { withCatalogue } from './checks/catalogue.ts';

const page = fileURLToPath(new URL('../docs/checks.md', import.meta.url));
await writeFile(page, withCatalogue(await readFile(page, 'utf8'), CHECKS, page));
