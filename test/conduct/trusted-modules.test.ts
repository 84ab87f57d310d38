import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isTrusted, trustModule } from '../../src/conduct/trusted-modules.js';
import { makeFolder } from '../support/cli.js';

const MODULE = '/home/somebody/checks "of mine".mjs';

test('a module is trusted once it was named, and no other', async () => {
  const env = { XDG_STATE_HOME: makeFolder() };
  expect(await isTrusted(MODULE, env)).toBe(false);
  await trustModule(MODULE, env);
  await trustModule(MODULE, env);
  expect(await isTrusted(MODULE, env)).toBe(true);
  expect(await isTrusted(`${MODULE}x`, env)).toBe(false);
  expect(await isTrusted('/home/somebody', env)).toBe(false);
  const list = join(env.XDG_STATE_HOME, 'burnish', 'trusted-checks.jsonl');
  expect(readFileSync(list, 'utf8')).toBe(`${JSON.stringify(MODULE)}\n`);
  expect(statSync(list).mode & 0o077).toBe(0);
});

test('each user has a list of trusted modules', async () => {
  const [mine, theirs] = [{ HOME: makeFolder() }, { HOME: makeFolder() }];
  await trustModule(MODULE, mine);
  expect(existsSync(join(mine.HOME, '.local/state/burnish/trusted-checks.jsonl'))).toBe(true);
  expect([await isTrusted(MODULE, mine), await isTrusted(MODULE, theirs)]).toEqual([true, false]);
});

test.each([
  ['no home', () => ({})],
  ['a home that is no folder of this system', () => ({ XDG_STATE_HOME: 'relative', HOME: '' })],
  ['a home that takes nothing', () => ({ HOME: fileInPlaceOfFolder() })],
])('with %s nothing is trusted, and nothing fails', async (_, envOf) => {
  const env = envOf();
  await trustModule(MODULE, env);
  expect(await isTrusted(MODULE, env)).toBe(false);
});

test('a damaged list is read as far as it can be', async () => {
  const env = { XDG_STATE_HOME: makeFolder() };
  mkdirSync(join(env.XDG_STATE_HOME, 'burnish'));
  writeFileSync(
    join(env.XDG_STATE_HOME, 'burnish', 'trusted-checks.jsonl'),
    `"/cut off\n${JSON.stringify(MODULE)}\n[]\n`,
  );
  expect(await isTrusted(MODULE, env)).toBe(true);
});

function fileInPlaceOfFolder(): string {
  const path = join(makeFolder(), 'file');
  writeFileSync(path, '');
  return path;
}
