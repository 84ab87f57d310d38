import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const LINTER = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

const FORBIDDEN = [
  ['src/run/one.ts', '../cli/main.js'],
  ['src/run/two.ts', '../report/summary.js'],
  ['src/checks/one.ts', '../diff/diff-texts.js'],
  ['src/dataset/shapes/one.ts', '../../cli/io.js'],
  ['src/model/one.ts', '../demo/scripted-server.js'],
  ['src/export/one.ts', '../server/app.js'],
  ['src/conduct/one.ts', '../cli/io.js'],
  ['src/conduct/two.ts', '../report/summary.js'],
  ['src/one.ts', './cli/main.js'],
  ['src/report/one.ts', '../cli/io.js'],
  ['src/diff/one.ts', '../web/page.js'],
] as const;

const ALLOWED = [
  ['src/cli/one.ts', '../run/ask.js'],
  ['src/cli/three.ts', '../conduct/refine-run.js'],
  ['src/server/one.ts', '../conduct/refine-run.js'],
  ['src/cli/two.ts', '../report/summary.js'],
  ['src/report/two.ts', '../run/ledger.js'],
  ['src/run/three.ts', '../model/chat-model.js'],
  ['src/demo/one.ts', '../cli/io.js'],
] as const;

test('the linter stops a lower layer from importing a higher one, and nothing else', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-layers-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
  for (const [path, imported] of [...FORBIDDEN, ...ALLOWED]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `import { something } from '${imported}';\n\nsomething();\n`);
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [LINTER, 'lint', '--reporter=github', '--max-diagnostics=100'],
    { cwd: folder, encoding: 'utf8' },
  );
  const stopped = [...stdout.matchAll(/^::error .*noRestrictedImports.*?file=([^,]+),.*$/gm)];
  expect(status, stderr).toBe(1);
  expect(stopped.map(([, path = '']) => relative(folder, path)).sort()).toEqual(
    FORBIDDEN.map(([path]) => path).sort(),
  );
  for (const [message] of stopped) expect(message).toContain('docs/architecture.md');
});
