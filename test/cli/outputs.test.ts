import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkOutput } from '../../src/cli/output.js';
import { makeRows, type Scene, setScene } from './scene.js';

/** A finished run in `mine`, with links and folders of all kinds beside it. */
async function setFiles(): Promise<Scene> {
  const scene = await setScene({ rows: makeRows(2) });
  expect((await scene.refine('--run', 'mine')).status).toBe(0);
  scene.forget();
  const { folder } = scene;
  mkdirSync(join(folder, 'folder.json'));
  symlinkSync('data.json', join(folder, 'to-data.json'));
  symlinkSync('.', join(folder, 'here'));
  symlinkSync('folder.json', join(folder, 'to-folder.json'));
  symlinkSync('mine/attempts.jsonl', join(folder, 'to-attempts.jsonl'));
  symlinkSync('mine', join(folder, 'to-mine'));
  symlinkSync('elsewhere.json', join(folder, 'to-elsewhere.json'));
  return scene;
}

/** All there is below a folder: files with what they hold, links with where they lead. */
function everythingIn(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    const entry = lstatSync(path);
    if (entry.isSymbolicLink()) found.set(name, readlinkSync(path));
    else found.set(name, entry.isFile() ? readFileSync(path, 'utf8') : '');
  }
  return found;
}

test('no output overwrites the dataset, a folder or the files of a run', async () => {
  const { folder } = await setFiles();
  const refused: [string, string][] = [
    ['data.json', 'the dataset itself'],
    ['folder.json/../data.json', 'the dataset itself'],
    ['to-data.json', 'the dataset itself'],
    ['here/data.json', 'the dataset itself'],
    ['folder.json', 'a folder'],
    ['to-folder.json', 'a folder'],
    ...['run.json', 'attempts.jsonl', 'decisions.jsonl', 'selection.jsonl', 'ledger.jsonl', 'new.json'].map(
      (name): [string, string] => [`mine/${name}`, "a run's own folder"],
    ),
    ['to-attempts.jsonl', "a run's own folder"],
    ['to-mine/run.json', "a run's own folder"],
  ];
  for (const [path, found] of refused) {
    await expect(checkOutput(join(folder, path), [join(folder, 'data.json')]), path).rejects.toMatchObject({
      code: 'usage',
      facts: { where: join(folder, path), found: expect.stringContaining(found) },
    });
  }
  await expect(
    checkOutput(join(folder, 'data.json'), [join(folder, 'to-data.json')]),
    'a dataset named by a link',
  ).rejects.toMatchObject({ code: 'usage' });
  for (const path of ['new.json', 'to-elsewhere.json', 'mine/refined.json', 'mine/refined.jsonl.gz']) {
    await checkOutput(join(folder, path), [join(folder, 'data.json')]);
  }
});

test.each([
  ['the dataset', 'data.json'],
  ['a link to the dataset', 'to-data.json'],
  ['a folder', 'folder.json'],
  ["a run's attempts", 'mine/attempts.jsonl'],
])('refine, select and export refuse to write to %s; nothing is sent or changed', async (_, path) => {
  const scene = await setFiles();
  const before = everythingIn(scene.folder);
  const endpoint = ['--model', 'm', '--base-url', scene.server.url];
  const ended = await Promise.all([
    scene.run('refine', 'data.json', '--top', '1', ...endpoint, '-o', path),
    scene.run('refine', '--run', 'mine', '-o', path),
    scene.run('select', 'data.json', '-o', path),
    scene.run('export', 'mine', '-o', path),
  ]);
  for (const { status, stdout, stderr } of ended) {
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('The output cannot be written there.');
  }
  expect(scene.asked()).toEqual([]);
  expect(everythingIn(scene.folder)).toEqual(before);
});

test('an output that is a link stays one, and what it leads to is written', async () => {
  const scene = await setFiles();
  expect((await scene.run('export', 'mine', '-o', 'elsewhere.json')).status).toBe(0);
  expect((await scene.run('refine', '--run', 'mine', '-o', 'to-elsewhere.json')).status).toBe(0);
  expect(readlinkSync(join(scene.folder, 'to-elsewhere.json'))).toBe('elsewhere.json');
  expect(JSON.parse(scene.read('elsewhere.json'))).toHaveLength(2);
});
