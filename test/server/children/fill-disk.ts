// Conducts a run whose disk becomes full, tries to go on with it, makes room and goes on, and tells each state as JSON.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { REAL_CLOCK } from '../../../src/pace/clock.js';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../../../src/prompt/load-prompt.js';
import { createCalls } from '../../../src/server/calls.js';

const FILLER = './filler';
const [, dataset = '', baseUrl = ''] = process.argv.slice(2);
const calls = createCalls({
  runsFolder: resolve('runs'),
  choices: {
    models: ['m'],
    baseUrl,
    prompts: new Map([['introspect', await loadPrompt(DEFAULT_PROMPT_FILE)]]),
    checks: null,
    sending: { concurrency: 16, maxWait: 60, timeout: 30 },
  },
  surroundings: { env: {}, cwd: process.cwd(), tell: () => {} },
  clock: REAL_CLOCK,
  datasetPath: async () => dataset,
});
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code ?? null;
const countLines = (dir: string): number =>
  readFileSync(join(dir, 'attempts.jsonl'), 'utf8').split('\n').length - 1;
const idle = (dir: string): Promise<void> =>
  new Promise((resolve) => {
    calls.onChange(() => {
      if (calls.state(dir).call === 'idle') resolve();
    });
  });

writeFileSync(FILLER, Buffer.alloc(2_000_000));
const { run } = await calls.start({ dataset: 'data.json', repair: 0, dryRun: false });
const dir = resolve('runs', run);
await idle(dir);
const full = { failure: codeOf(calls.state(dir).failure), lines: countLines(dir) };
const again = await calls.resume(dir, {}).then(() => null, codeOf);
rmSync(FILLER);
await calls.resume(dir, {});
await idle(dir);
const end = { failure: codeOf(calls.state(dir).failure), lines: countLines(dir) };
process.stdout.write(JSON.stringify({ full, again, end }));
