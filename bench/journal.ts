// Measures how many attempts of 4 KB are saved a second: by the log of a run, with a sync for each, and by lowdb, which
// writes the whole file each time.
//
//   npm run bench:journal -- [--runs 3] [--json FILE]
import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { JSONFilePreset } from 'lowdb/node';
import type { Attempt } from '../src/run/attempt.ts';
import { AttemptLog } from '../src/run/attempt-log.ts';
import { Ballast } from '../src/run/ballast.ts';
import { LineLog } from '../src/run/line-log.ts';
import { median } from './median.ts';
import { formatTable, type Row } from './table.ts';

/** Bytes of a line with its line break. */
const LINE_BYTES = 4096;
const TARGET_PER_SECOND = 10_000;

/** One way to save attempts, until all are where they are meant to be. */
interface Way {
  readonly name: string;
  /** How many: enough to measure, and for the last way as many as a run usually has. */
  readonly attempts: number;
  readonly save: (path: string, attempts: readonly Attempt[]) => Promise<void>;
}

const ours: Way = {
  name: 'shared syncs, as in a run',
  attempts: 30_000,
  save: async (path, attempts) => {
    const log = new AttemptLog(path, await LineLog.open(path), await Ballast.take(`${path}.ballast`));
    for (const attempt of attempts) {
      await log.room();
      log.append(attempt);
    }
    await log.close();
  },
};
const syncForEach: Way = {
  name: 'a sync for each',
  attempts: 3000,
  save: async (path, attempts) => {
    const fd = openSync(path, 'a');
    for (const attempt of attempts) {
      writeSync(fd, `${JSON.stringify(attempt)}\n`);
      fdatasyncSync(fd);
    }
    closeSync(fd);
  },
};
const wholeFile: Way = {
  name: 'lowdb, the whole file for each',
  attempts: 1000,
  save: async (path, attempts) => {
    const db = await JSONFilePreset<Attempt[]>(path, []);
    for (const attempt of attempts) await db.update((saved) => void saved.push(attempt));
  },
};

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, json: { type: 'string' } },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number, 1 or more');
const machine = {
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
};
const folder = mkdtempSync(join(tmpdir(), 'burnish-journal-'));
try {
  console.log(
    `Node.js ${machine.node}, ${machine.platform}, ${machine.cores} cores, ${machine.memoryGb} GB; ` +
      `lines of ${LINE_BYTES} bytes; medians of ${runs}\n`,
  );
  const own = await measure(ours);
  const perSecond = { own, syncForEach: await measure(syncForEach), wholeFile: await measure(wholeFile) };
  const rows: Row[] = [
    {
      ...row(ours, `${format(own)}/s`),
      target: { text: `>= ${format(TARGET_PER_SECOND)}/s`, met: own >= TARGET_PER_SECOND },
    },
    compared(syncForEach, own, perSecond.syncForEach),
    compared(wholeFile, own, perSecond.wholeFile),
  ];
  console.log(formatTable(rows));
  if (values.json !== undefined) {
    const setting = { lineBytes: LINE_BYTES, runs };
    writeFileSync(values.json, `${JSON.stringify({ machine, setting, rows, perSecond }, null, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Attempts a second. */
async function measure(way: Way): Promise<number> {
  const attempts = Array.from({ length: way.attempts }, (_, number) => attemptOf(number));
  const rates: number[] = [];
  for (let run = 0; run < runs; run++) {
    const path = join(folder, 'attempts');
    const startMs = performance.now();
    await way.save(path, attempts);
    rates.push(attempts.length / ((performance.now() - startMs) / 1000));
    requireAll(path, attempts.length);
    rmSync(path);
  }
  return median(rates);
}

function requireAll(path: string, count: number): void {
  const found = readFileSync(path, 'latin1').split('"example":').length - 1;
  if (found !== count) throw new Error(`${found} attempts were saved of ${count}`);
}

/** An attempt whose line is `LINE_BYTES` long. */
function attemptOf(number: number): Attempt {
  const attempt = {
    v: 1,
    example: String(number),
    attempt: 1,
    session: '0123456789ab',
    purpose: 'first',
    prompt: 'a'.repeat(64),
    model: 'bench',
    servedModel: 'bench',
    temperature: 0.7,
    maxTokens: 2048,
    omitted: [],
    resend: 0,
    resendsLeft: 5,
    sentAt: '2025-01-02T03:04:05.678Z',
    durationMs: 812,
    reply: { content: '', finishReason: 'stop' },
    error: null,
    usage: { promptTokens: 900, completionTokens: 800, cachedPromptTokens: 0, reasoningTokens: 0 },
    costUsd: 0.001,
  } satisfies Attempt;
  const rest = LINE_BYTES - 1 - JSON.stringify(attempt).length;
  return { ...attempt, reply: { ...attempt.reply, content: 'An answer. '.repeat(rest).slice(0, rest) } };
}

function row(way: Way, burnish: string): Row {
  return {
    measure: `${way.name} (${format(way.attempts)})`,
    burnish,
    reference: null,
    ratio: null,
    target: null,
  };
}

function compared(way: Way, own: number, other: number): Row {
  return { ...row(way, ''), reference: `${format(other)}/s`, ratio: own / other };
}

function format(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en-US');
}
