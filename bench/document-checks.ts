// Writes the catalogue of checks into docs/checks.md.
//
//   npm run docs:checks
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../src/checks/index.ts';
import { catalogueTable } from './checks/catalogue.ts';
import { replaceSection } from './checks/section.ts';

const page = fileURLToPath(new URL('../docs/checks.md', import.meta.url));
const text = replaceSection(await readFile(page, 'utf8'), 'catalogue', catalogueTable(CHECKS), page);
await writeFile(page, text);
