// Kills a run with SIGKILL again and again, at moments spread over its whole course, and goes on with it each time.
//
//   npm run torture -- [--kills 50] [--examples 1000] [--concurrency 16] [--seed N]
//
// An answer counts as received once it stands whole in attempts.jsonl. After every kill: no example whose answer was
// received before was asked about again; no more answers are missing than requests can have been under way; the
// journal still begins with all the whole lines that it had, and only its last line may be broken off. At the end the
// training set, the ledger and the selection are the bytes of a run that nobody disturbed, and nothing is left behind.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type AfterKill, type Moment, startBrokenRun } from '../support/broken-run.js';
import { startPacedServer } from '../support/paced-process.js';
import { Random } from '../support/random.js';

/** A process that is killed within this time may have done anything from nothing to a whole selection, in ms. */
const EARLY_MS = 450;
/** Up to so long after an answer is a process killed: while it writes that down, or others. */
const AFTER_ANSWER_MS = 6;
/** One kill of so many comes at a moment that is near the start of the process, wherever the run stands. */
const EARLY_SHARE = 5;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    examples: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '16' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const kills = wholeNumber('kills');
const examples = wholeNumber('examples');
const concurrency = wholeNumber('concurrency');
const random = new Random(wholeNumber('seed'));
const program = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
if (!existsSync(program)) throw new Error('nothing is built: run `npm run build` first');

console.log(
  `${kills} kills, ${examples} examples, ${concurrency} requests at once; --seed ${values.seed} draws the same moments`,
);
const startMs = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'burnish-torture-'));
const server = await startPacedServer();
try {
  const violations = await torture();
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
  console.log(
    violations.length === 0
      ? `No violation in ${seconds} s: no answer was asked for again, and the result is that of the unbroken run.`
      : `${violations.length} violations in ${seconds} s:\n${violations.join('\n')}`,
  );
  if (violations.length > 0) process.exitCode = 1;
} finally {
  server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function torture(): Promise<string[]> {
  const dataset = join(folder, 'data.json');
  writeFileSync(dataset, JSON.stringify(makeRows()));
  const run = await startBrokenRun({ program, folder, dataset, selection: ['--all'], concurrency, server });
  const violations: string[] = [];
  const found: AfterKill[] = [];
  let stored = 0;
  for (const [index, target] of targets().entries()) {
    const moment = momentFor(target - stored);
    const after = await run.kill(moment);
    stored = after.stored;
    found.push(after);
    console.log(`kill ${String(index + 1).padStart(String(kills).length)}: ${describe(moment, after)}`);
    violations.push(...after.violations.map((violation) => `after kill ${index + 1}: ${violation}`));
  }
  violations.push(...(await run.finish()).map((violation) => `at the end: ${violation}`));
  const lost = found.reduce((sum, one) => sum + one.lost, 0);
  const torn = found.filter(({ tornBytes }) => tornBytes > 0).length;
  const ended = found.filter((one) => one.ended).length;
  console.log(
    `${run.total + lost} requests for ${run.total} examples: ${lost} were under way at a kill. ` +
      `${torn} kills broke a line off; ${ended} calls had ended before their kill.`,
  );
  return violations;
}

/** How many answers are to be saved by the time of each kill: spread over the run, from its very beginning to its end. */
function targets(): number[] {
  const drawn = Array.from({ length: kills }, () => random.below(examples + 1));
  return drawn.map((target, index) => (index % EARLY_SHARE === 0 ? 0 : target)).sort((a, b) => a - b);
}

function momentFor(answers: number): Moment {
  return answers > 0
    ? { answers, delayMs: random.below(AFTER_ANSWER_MS) }
    : { answers: 0, delayMs: random.below(EARLY_MS) };
}

function describe({ answers, delayMs }: Moment, { ended, stored, lost, tornBytes }: AfterKill): string {
  const when = answers === 0 ? `${delayMs} ms after the start` : `${answers} answers and ${delayMs} ms`;
  const torn = tornBytes === 0 ? '' : `, a line broken off after ${tornBytes} bytes`;
  return `${when}${ended ? ' (had ended)' : ''}: ${stored} answers saved, ${lost} requests lost${torn}`;
}

/** Rows of all lengths, with line breaks and characters of several bytes. */
function makeRows(): object[] {
  const pieces = ['word ', 'longer words ', 'é', '😀', '\n', '"quoted" ', '\\', '[End] '] as const;
  return Array.from({ length: examples }, (_, row) => ({
    instruction: `Task ${row}: ${random.text([...pieces], 20)}`,
    input: row % 3 === 0 ? random.text([...pieces], 40) : '',
    output: `Answer ${row}. ${random.text([...pieces], 200)}`,
  }));
}

function wholeNumber(name: keyof typeof values): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number, 1 or more`);
  return number;
}
