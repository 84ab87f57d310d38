import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'burnish-package-'));
const installed = join(folder, 'node_modules/burnish');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program with the Node.js of the tests first on its PATH. */
function run(cwd: string, command: string, ...args: string[]) {
  const { npm_config_local_prefix: _, PATH = '', ...env } = process.env;
  return spawnSync(command, args, {
    cwd,
    env: { ...env, PATH: dirname(process.execPath) + delimiter + PATH, npm_config_update_notifier: 'false' },
    encoding: 'utf8',
  });
}

let packedFiles: string[] = [];
let offline = false;

beforeAll(() => {
  // Without scripts: they would build `dist/` anew under the feet of the other tests.
  const pack = run(ROOT, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder);
  if (pack.status !== 0) throw new Error(`npm pack failed:\n${pack.stderr}`);
  const [{ filename, files }] = JSON.parse(pack.stdout);
  packedFiles = files.map(({ path }: { path: string }) => path);
  writeFileSync(join(folder, 'package.json'), '{ "name": "user-of-burnish", "private": true }\n');
  const flags = ['--omit=dev', '--no-audit', '--no-fund', '--prefer-offline'];
  const install = run(folder, 'npm', 'install', ...flags, join(folder, filename));
  if (install.status === 0) return;
  offline = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ENOTCACHED)\b/.test(install.stderr);
  if (!offline) throw new Error(`npm install failed:\n${install.stderr}`);
}, 180_000);

/** A test of the installed package; it needs npm's registry, for the packages that Burnish depends on. */
function needInstalled({ skip }: TestContext): void {
  skip(offline, 'npm cannot reach its registry, so the package could not be installed');
}

describe('the tarball', () => {
  test('holds the program with types and source maps, the sources, prompts and data', () => {
    expect(packedFiles).toEqual(
      expect.arrayContaining([
        ...['dist/cli/bin.js', 'dist/cli/bin.js.map', 'dist/index.js', 'dist/index.d.ts'],
        ...[
          'src/index.ts',
          'prompts/introspect.md',
          'prompts/repair.md',
          'data/sample.json',
          'data/replies.jsonl',
        ],
        ...['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json'],
      ]),
    );
    const modules = /^dist\/(?!(web|report-page)\/).*\.js$/;
    for (const path of packedFiles.filter((name) => modules.test(name))) {
      const stem = path.slice(0, -'.js'.length);
      expect(packedFiles).toEqual(expect.arrayContaining([`${stem}.js.map`, `${stem}.d.ts`]));
    }
  });

  test('holds the review page', () => {
    expect(packedFiles).toContain('dist/web/index.html');
    expect(
      packedFiles.filter((path) => /^dist\/web\/assets\/.*\.(js|css)$/.test(path)).length,
    ).toBeGreaterThan(1);
  });

  test('holds no tests, benchmarks, runs or settings of the checkout', () => {
    const known = /^(dist|prompts|data|src|docs)\/|^(README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
    expect(packedFiles.filter((path) => !known.test(path))).toEqual([]);
    expect(packedFiles.filter((path) => /\.test\.|\.tgz$|(^|\/)\./.test(path))).toEqual([]);
  });
});

describe('installed elsewhere', () => {
  test('the command runs', (context) => {
    needInstalled(context);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const { status, stdout } = run(folder, join(folder, 'node_modules/.bin/burnish'), '--version');
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
  });

  test('the demo finds its prompt and its data', (context) => {
    needInstalled(context);
    const { status, stderr } = run(folder, join(folder, 'node_modules/.bin/burnish'), 'demo');
    expect(status, stderr).toBe(0);
    expect(readdirSync(join(folder, 'runs'))).toHaveLength(1);
  });

  test('it can be imported as a library', (context) => {
    needInstalled(context);
    const script = `
      const library = await import('burnish');
      const names = Object.keys(library).filter((name) => typeof library[name] === 'function');
      console.log(JSON.stringify(names));`;
    const { status, stdout, stderr } = run(folder, 'node', '--input-type=module', '--eval', script);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).length).toBeGreaterThan(0);
  });

  test('every source map points to a source that came along', (context) => {
    needInstalled(context);
    const maps = packedFiles.filter((path) => path.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(0);
    for (const path of maps) {
      const map = join(installed, path);
      const { sources, sourceRoot = '' } = JSON.parse(readFileSync(map, 'utf8'));
      for (const source of sources) {
        expect(existsSync(resolve(dirname(map), sourceRoot, source)), `${path}: ${source}`).toBe(true);
      }
    }
  });

  test('no package for development comes along', (context) => {
    needInstalled(context);
    for (const name of ['typescript', 'vitest', '@biomejs/biome']) {
      expect(existsSync(join(folder, 'node_modules', name)), name).toBe(false);
    }
  });
});
