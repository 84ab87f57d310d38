import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStaticFiles } from '../../src/server/static-files.js';
import { makeFolder } from '../support/cli.js';

test('the files of the pages are read with their types; only those named by their content may be kept for ever', async () => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'assets'));
  for (const name of [
    'index.html',
    'favicon.svg',
    'assets/index-1a2b.js',
    'assets/index-3c.css',
    'notes.txt',
  ])
    writeFileSync(join(folder, name), name);
  const files = await readStaticFiles(folder);
  const read = [...files].map(([path, { type, isHashed, bytes }]) => [
    path,
    type.split(';')[0],
    isHashed,
    new TextDecoder().decode(bytes),
  ]);
  expect(read.sort()).toEqual([
    ['/assets/index-1a2b.js', 'text/javascript', true, 'assets/index-1a2b.js'],
    ['/assets/index-3c.css', 'text/css', true, 'assets/index-3c.css'],
    ['/favicon.svg', 'image/svg+xml', false, 'favicon.svg'],
    ['/index.html', 'text/html', false, 'index.html'],
  ]);
});
