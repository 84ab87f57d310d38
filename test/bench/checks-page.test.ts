import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogueTable } from '../../bench/checks/catalogue.js';
import { replaceSection } from '../../bench/checks/section.js';
import { type CandidateCheck, CHECKS, loadChecks, runChecks } from '../../src/checks/index.js';
import { wholeReply } from '../../src/parse.js';
import { ROOT } from '../support/cli.js';
import { exampleOf, temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
const PAGE = readFileSync(join(ROOT, 'docs/checks.md'), 'utf8');

/** The first code block of that language on the page. */
function codeOf(language: string): string {
  const [, code = ''] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(PAGE) ?? [];
  return code;
}

test('the catalogue on the page is that of the program (`npm run docs:checks` writes it)', () => {
  expect(replaceSection(PAGE, 'catalogue', catalogueTable(CHECKS), 'docs/checks.md')).toBe(PAGE);
});

test('the page keeps a place for the measured figures', () => {
  expect(PAGE).toMatch(/^## Measured$[\s\S]*^<!-- measured -->$[\s\S]*^<!-- \/measured -->$/m);
});

test('a row of the catalogue has all that a user may set', () => {
  const check: CandidateCheck = {
    ...{ id: 'odd', version: 3, severity: 'note', description: 'Finds a|b.', reads: 'candidate' },
    thresholds: {
      most: { default: 0.5, description: 'The most.' },
      least: { default: 2, description: 'The least.' },
    },
    find: () => [],
  };
  expect(catalogueTable([check]).split('\n')).toEqual([
    '| check | severity | version | what it finds | thresholds |',
    '|---|---|---|---|---|',
    '| `odd` | note | 3 | Finds a\\|b. | `most` 0.5: The most.<br>`least` 2: The least. |',
  ]);
});

test('the settings on the page are settings that there are', async () => {
  const path = join(folder, 'strict.yaml');
  writeFileSync(path, codeOf('yaml'));
  const { suite } = await loadChecks(path);
  const setOf = (id: string) => suite.find(({ check }) => check.id === id);
  expect(setOf('unchanged')?.severity).toBe('fail');
  expect(setOf('text_after_end')).toBe(undefined);
  expect(setOf('near_copy')?.thresholds).toMatchObject({ likeness: 0.9 });
});

test('the example on the page works as it stands', async () => {
  const path = join(folder, 'my-checks.mjs');
  writeFileSync(path, codeOf('js'));
  const { suite } = await loadChecks(path);
  const find = (refined: string, original = 'Calm.') => {
    const example = exampleOf(JSON.stringify({ instruction: 'Say.', output: original }));
    const subject = { example, parsed: wholeReply(refined), finishReason: null };
    return runChecks(subject, suite).filter(({ check }) => check === 'too_many_exclamations');
  };
  expect(find('Well! Yes!')).toEqual([]);
  expect(find('Oh! No! Well! Yes!')).toMatchObject([
    { severity: 'flag', message: 'The text has 4 exclamation marks.', start: 12, end: 13 },
  ]);
  expect(find('Oh! No! Well!', 'Oh! No! Well!')).toEqual([]);
});
