import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../../src/prompt/load-prompt.js';
import { renderPrompt } from '../../src/prompt/render-prompt.js';
import { readSelection } from '../../src/run/selection-file.js';
import type { PacedServer } from './paced-process.js';

/** What a run is made from, and where. */
export interface BrokenRunOptions {
  /** The built `burnish`. */
  readonly program: string;
  /** A folder for the two runs and their training sets. */
  readonly folder: string;
  readonly dataset: string;
  /** Options of `burnish refine` that choose the examples. */
  readonly selection: readonly string[];
  readonly concurrency: number;
  readonly server: PacedServer;
}

/** When a call is killed. */
export interface Moment {
  /** After so many answers of this call; 0: without regard to answers. */
  readonly answers: number;
  /** And then so many milliseconds later, from the start of the process if `answers` is 0. */
  readonly delayMs: number;
}

/** What was found after a kill. */
export interface AfterKill {
  /** Whether the call had come to its end before. */
  readonly ended: boolean;
  /** Examples whose answer stands in the run, in a whole line. */
  readonly stored: number;
  /** Requests of this call whose answer does not: they were under way, or their answer was still in the socket. */
  readonly lost: number;
  /** Bytes of a last line that the kill broke off. */
  readonly tornBytes: number;
  /** What must never be, in words. */
  readonly violations: readonly string[];
}

/** A run that is killed again and again, beside one that nobody disturbed. */
export interface BrokenRun {
  /** Examples in the run. */
  readonly total: number;
  /** Goes on with the run, and kills it. */
  kill(moment: Moment): Promise<AfterKill>;
  /** Goes on with it to its end, compares the two, and returns the violations. */
  finish(): Promise<string[]>;
}

/** What the journals of a run hold. */
interface Stored {
  /** The whole lines of `attempts.jsonl`. */
  readonly text: string;
  /** The examples that have an answer, in that order; twice when it has two. */
  readonly answered: readonly string[];
  /** The examples that `sent.jsonl` says were about to be asked about, once for each time. */
  readonly noted: readonly string[];
  readonly tornBytes: number;
}

/** Runs `burnish refine` to its end once, as the measure, and prepares another run of the same to be killed. */
export async function startBrokenRun(options: BrokenRunOptions): Promise<BrokenRun> {
  const { folder, server, concurrency } = options;
  const unbroken = spawnRefine(options, 'unbroken');
  requireSuccess(await unbroken.ended);
  const idOf = await idsByMessage(join(folder, 'unbroken'));
  const asked = (): string[] => server.takeReceived().map((message) => idOf.get(message) ?? `? ${message}`);
  const total = new Set(asked()).size;
  if (total !== idOf.size) throw new Error(`The unbroken run asked about ${total} of ${idOf.size} examples.`);
  let before: Stored = { text: '', answered: [], noted: [], tornBytes: 0 };

  /** What must hold for the requests of one call, and what it left. */
  const review = (received: readonly string[], after: Stored): string[] => {
    const violations: string[] = [];
    const answered = new Set(before.answered);
    const again = received.filter((id) => answered.has(id));
    if (again.length > 0) violations.push(`asked again, though the answer was saved: ${again.join(', ')}`);
    if (new Set(received).size < received.length)
      violations.push('asked about one example twice in one call');
    if (!after.text.startsWith(before.text)) violations.push('attempts.jsonl lost lines that it had');
    const noted = new Set(after.noted.slice(before.noted.length));
    const unnoted = received.filter((id) => !noted.has(id));
    if (unnoted.length > 0) violations.push(`sent without a note of it before: ${unnoted.join(', ')}`);
    if (new Set(after.answered).size < after.answered.length) violations.push('two answers to one example');
    return violations;
  };

  return {
    total,
    kill: async ({ answers, delayMs }) => {
      const reached = answers > 0 ? server.answers(answers) : Promise.resolve();
      const call = spawnRefine(options, 'broken');
      await Promise.race([reached.then(() => sleep(delayMs)), call.ended]);
      call.kill();
      const ended = await call.ended;
      if (ended.signal === null) requireSuccess(ended);
      await server.quiet();
      const received = asked();
      const after = readStored(join(folder, 'broken'));
      const violations = review(received, after);
      const answered = new Set(after.answered);
      const lost = received.filter((id) => !answered.has(id)).length;
      if (lost > concurrency) violations.push(`lost ${lost} answers with ${concurrency} requests at once`);
      before = after;
      return {
        ended: ended.signal === null,
        stored: answered.size,
        lost,
        tornBytes: after.tornBytes,
        violations,
      };
    },
    finish: async () => {
      requireSuccess(await spawnRefine(options, 'broken').ended);
      const received = asked();
      const after = readStored(join(folder, 'broken'));
      const violations = review(received, after);
      const missing = total - new Set(before.answered).size;
      if (received.length !== missing)
        violations.push(`asked ${received.length} times at last, for ${missing} examples`);
      if (after.answered.length !== total || after.tornBytes > 0)
        violations.push(
          `${after.answered.length} answers for ${total} examples, ${after.tornBytes} bytes torn`,
        );
      for (const file of ['.json', '/ledger.jsonl', '/selection.jsonl']) {
        const [one, other] = ['unbroken', 'broken'].map((run) => readFileSync(join(folder, `${run}${file}`)));
        if (one === undefined || !other?.equals(one))
          violations.push(`${file} differs from that of the unbroken run`);
      }
      return [...violations, ...leftoversIn(folder).map((name) => `left behind: ${name}`)];
    },
  };
}

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

function spawnRefine(
  { program, folder, dataset, selection, concurrency, server }: BrokenRunOptions,
  run: string,
): { readonly ended: Promise<Ended>; kill(): void } {
  const child = spawn(
    process.execPath,
    [
      ...[program, 'refine', dataset, ...selection, '--run', run, '-o', `${run}.json`, '--repair', '0'],
      ...['--model', 'm', '--base-url', server.url, '--concurrency', String(concurrency)],
    ],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stderr }));
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}

function requireSuccess({ status, signal, stderr }: Ended): void {
  if (status !== 0) throw new Error(`burnish ended with ${status ?? signal}:\n${stderr}`);
}

/** The id of the example that each user message is about. */
async function idsByMessage(run: string): Promise<Map<string, string>> {
  const prompt = await loadPrompt(DEFAULT_PROMPT_FILE);
  const selection = await readSelection(join(run, 'selection.jsonl'), 'alpaca');
  return new Map(
    selection.map((example) => [renderPrompt(prompt, example).at(-1)?.content ?? '', example.id]),
  );
}

/** Reads the journals without any of the program's own code; every line but a last one must be whole. */
function readStored(run: string): Stored {
  const attempts = readWholeLines(join(run, 'attempts.jsonl'));
  const sent = readWholeLines(join(run, 'sent.jsonl'));
  return {
    text: attempts.text,
    answered: attempts.lines.filter(({ reply }) => reply !== null).map(({ example }) => example),
    noted: sent.lines.map(({ example }) => example),
    tornBytes: attempts.tornBytes + sent.tornBytes,
  };
}

function readWholeLines(path: string): {
  readonly text: string;
  readonly lines: readonly { readonly example: string; readonly reply?: unknown }[];
  readonly tornBytes: number;
} {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const wholeBytes = bytes.lastIndexOf('\n') + 1;
  const text = bytes.toString('utf8', 0, wholeBytes);
  const lines = text.split('\n').slice(0, -1);
  return { text, lines: lines.map((line) => JSON.parse(line)), tornBytes: bytes.length - wholeBytes };
}

/** Locks, drafts, ballast and temporary files: nothing of them is left by a call that came to its end. */
function leftoversIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /(^|\/)(\.|ballast$|(decisions\.)?lock($|\.))/.test(name));
}
