// Photographs the pages for docs/: of a real service and a real run of the sample dataset, answered by the scripted server
// of the demo.
//
//   npm run build && npm run screenshots
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { SAMPLE_FILE, startScriptedServer } from '../../src/demo/scripted-server.js';
import { findChromium, launchChromium } from './chromium.js';
import { planRun } from './new-run-page.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = join(ROOT, 'dist/cli/bin.js');
const IMAGES = join(ROOT, 'docs/images');
const RUN = 'sample-run';
/** US dollars for a million tokens: about what a small model costs. */
const PRICES = ['--price-in', '0.15', '--price-out', '0.6'];

/** One photograph. */
interface Shot {
  readonly name: string;
  readonly path: string;
  readonly dark?: boolean;
  /** Brings the page to the state that is to be seen. */
  readonly ready: (page: Page) => Promise<unknown>;
}

const SHOTS: readonly Shot[] = [
  {
    name: 'new-run',
    path: '/new',
    ready: async (page) => {
      await planRun(page, 'sample.json');
      await page.getByRole('button', { name: 'Start the run' }).scrollIntoViewIfNeeded();
    },
  },
  ...[false, true].map((dark) => ({
    name: dark ? 'overview-dark' : 'overview',
    path: `/runs/${RUN}`,
    dark,
    ready: (page: Page) => page.getByText('finished').first().waitFor(),
  })),
  {
    name: 'records',
    path: `/runs/${RUN}/records?sort=change`,
    ready: (page) => page.locator('[data-record]').nth(10).waitFor(),
  },
  {
    name: 'records-flagged-dark',
    path: `/runs/${RUN}/records?verdict=flag,fail`,
    dark: true,
    ready: (page) => page.locator('[data-record]').first().waitFor(),
  },
  { name: 'record-side', path: `/runs/${RUN}/records/3?view=side`, ready: recordShown },
  { name: 'record-inline-dark', path: `/runs/${RUN}/records/3?view=inline`, dark: true, ready: recordShown },
  { name: 'record-flagged', path: `/runs/${RUN}/records/16?view=inline`, ready: recordShown },
  {
    name: 'edit',
    path: `/runs/${RUN}/records/16?view=inline`,
    ready: async (page) => {
      await recordShown(page);
      await page.keyboard.press('e');
      await page.getByRole('dialog').getByText('marker_residue').waitFor();
    },
  },
  {
    name: 'retry',
    path: `/runs/${RUN}/records?verdict=flag`,
    ready: async (page) => {
      await page.locator('[data-record]').first().waitFor();
      await page.keyboard.press('t');
      await page.getByRole('dialog').getByText('Asked again').waitFor();
    },
  },
];

function recordShown(page: Page): Promise<void> {
  return page.getByRole('region', { name: 'Original and refined response' }).waitFor();
}

const folder = mkdtempSync(join(tmpdir(), 'burnish-screenshots-'));
const path = findChromium();
if (path === undefined) throw new Error('there is no Chromium here; CHROMIUM_PATH can name one');
const model = await startScriptedServer();
const browserServer = await launchChromium(path);
const processes: ChildProcess[] = [];
try {
  await photographAll(await chromium.connect(browserServer.wsEndpoint()));
} finally {
  for (const process of processes) process.kill();
  await browserServer.close();
  await model.close();
  rmSync(folder, { recursive: true, force: true });
}

async function photographAll(browser: Awaited<ReturnType<typeof chromium.connect>>): Promise<void> {
  mkdirSync(IMAGES, { recursive: true });
  mkdirSync(join(folder, 'datasets'));
  cpSync(SAMPLE_FILE, join(folder, 'datasets/sample.json'));
  const about = ['--model', 'scripted', '--base-url', model.baseUrl];
  await run(
    'refine',
    'datasets/sample.json',
    '--all',
    ...about,
    ...PRICES,
    '--repair',
    '0',
    '--run',
    `runs/${RUN}`,
  );
  await run('decide', `runs/${RUN}`, '--ids', '0,1,3', '--accept');
  await run('decide', `runs/${RUN}`, '--ids', '32', '--reject');
  await run('diff', `runs/${RUN}`, '--html', 'report.html');
  const url = await serve(...about);
  const photograph = async ({ name, path, dark = false, ready }: Shot, from = url): Promise<void> => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(from + path);
    await ready(page);
    await page.waitForLoadState('networkidle').catch(() => {});
    await page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled' });
    await context.close();
    console.log(`docs/images/${name}.png`);
  };
  for (const shot of SHOTS) await photograph(shot);
  const heading = (page: Page) => page.getByRole('heading', { level: 1 }).waitFor();
  const report = pathToFileURL(join(folder, 'report.html')).href;
  await photograph({ name: 'report', path: '', ready: heading }, report);
  const started = await start(url, { all: true, concurrency: 2 });
  const underWay = (page: Page) =>
    page
      .getByText(/\b[12]\d of \d\d\b/)
      .first()
      .waitFor();
  await photograph({ name: 'running', path: `/runs/${started}`, ready: underWay });
  await start(url, { top: 30, concurrency: 2 });
  await photograph({ name: 'runs', path: '/', ready: underWay });
}

/** @returns the run's name */
async function start(url: string, settings: object): Promise<string> {
  const answer = await fetch(`${url}/api/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dataset: 'sample.json', ...settings }),
  });
  return ((await answer.json()) as { run: string }).run;
}

async function run(...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [PROGRAM, ...args], { cwd: folder });
}

async function serve(...args: readonly string[]): Promise<string> {
  const folders = ['--runs', 'runs', '--data-dir', 'datasets'];
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', ...folders, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  processes.push(child);
  for await (const line of createInterface({ input: child.stderr })) {
    const told = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (told !== null) return told[0];
  }
  await once(child, 'close');
  throw new Error('burnish serve ended');
}
