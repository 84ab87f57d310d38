// Compiles src/ to dist/, and bundles the review page to dist/web/ and that of reports to dist/report-page/. Runs at install time too, where the compiler may be absent on purpose
// (`npm ci --omit=dev`): then there is nothing to do, and a compiled package already brings its dist/.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** The first versions with light-dark(). */
const BROWSERS = ['chrome123', 'firefox120', 'safari17.5'];

function compilerPath() {
  try {
    const manifest = require.resolve('typescript/package.json');
    return join(dirname(manifest), require(manifest).bin.tsc);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Makes `npx burnish` in this folder run what was just built, with the Node.js that the project brings. Without
 * the link npx keeps a copy of its own elsewhere, and a copy made before the first build never works.
 */
function linkCommand() {
  const target = 'dist/cli/bin.js';
  chmodSync(join(root, target), 0o755);
  const links = join(root, 'node_modules/.bin');
  if (process.platform === 'win32' || !existsSync(links)) return;
  rmSync(join(links, 'burnish'), { force: true });
  symlinkSync(join('../..', target), join(links, 'burnish'));
}

/** Bundles the review page. The browser gets files from our own origin only: nothing inline, no data: addresses. */
async function bundlePage() {
  // Vite goes by it: within a test run it would build what developers debug with.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  await build({
    root: join(root, 'src/web'),
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir: join(root, 'dist/web'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: BROWSERS,
      reportCompressedSize: false,
    },
  });
}

/** Bundles the page of reports into one script and one style, which `burnish diff --html` puts into each file. */
async function bundleReportPage() {
  const { build } = await import('vite');
  await build({
    root: join(root, 'src/web'),
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: join(root, 'dist/report-page'),
      emptyOutDir: true,
      lib: {
        entry: join(root, 'src/web/report-page/main.tsx'),
        formats: ['iife'],
        name: 'burnishReport',
        fileName: () => 'report.js',
        cssFileName: 'report',
      },
      target: BROWSERS,
      reportCompressedSize: false,
    },
  });
}

const compiler = compilerPath();
if (compiler === undefined) {
  console.error('burnish: no TypeScript compiler here (dev dependencies left out), so nothing is built');
} else {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.json')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) {
    linkCommand();
    await bundlePage();
    await bundleReportPage();
  }
  process.exitCode = status ?? 1;
}
