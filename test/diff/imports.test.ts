import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../src/diff', import.meta.url));

/** What these modules import, and what that imports, in the end: packages, and modules of Node.js. */
function packagesOf(paths: readonly string[]): Set<string> {
  const packages = new Set<string>();
  const seen = new Set(paths);
  for (const path of seen) {
    const text = readFileSync(path, 'utf8');
    for (const [, isType, name = ''] of text.matchAll(/^(?:import|export)( type)?[^;]*? from '([^']+)';/gm)) {
      if (isType !== undefined) continue;
      if (name.startsWith('.')) seen.add(join(dirname(path), name.replace(/\.js$/, '.ts')));
      else packages.add(name);
    }
  }
  return packages;
}

test('all of src/diff runs in a browser, with nothing but the library for differences', () => {
  const paths = readdirSync(folder).map((name) => join(folder, name));
  expect(paths.length).toBeGreaterThan(5);
  expect([...packagesOf(paths)]).toEqual(['diff']);
});
