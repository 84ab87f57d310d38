import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { UserError } from '../../src/errors.js';
import { REAL_CLOCK } from '../../src/pace/clock.js';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../../src/prompt/load-prompt.js';
import { createCalls } from '../../src/server/calls.js';
import type { Calls, Plan, Started } from '../../src/server/parts.js';
import type { StartChoices } from '../../src/server/start-choices.js';
import { readLines, type Scene, type SceneOptions, setScene } from '../cli/scene.js';

/** A scene whose server stands in for a model that a service of this process asks. */
export interface CallsScene extends Scene {
  readonly runsFolder: string;
  /** Calls of another server in the same folder. */
  openCalls(choices?: Partial<StartChoices>, tell?: (text: string) => void): Promise<Calls>;
}

export async function setCallsScene(options: SceneOptions = {}): Promise<CallsScene> {
  const scene = await setScene(options);
  const runsFolder = join(scene.folder, 'runs');
  const openCalls = async (
    choices: Partial<StartChoices> = {},
    tell: (text: string) => void = () => {},
  ): Promise<Calls> => {
    const calls = createCalls({
      runsFolder,
      choices: {
        models: ['m'],
        baseUrl: scene.server.url,
        prompts: new Map([['introspect', await loadPrompt(DEFAULT_PROMPT_FILE)]]),
        checks: null,
        sending: { concurrency: 4, maxWait: 60, timeout: 30 },
        ...choices,
      },
      surroundings: { env: { HOME: scene.folder, ...scene.env }, cwd: scene.folder, tell },
      clock: REAL_CLOCK,
      datasetPath: async (name) => {
        const path = join(scene.folder, name);
        if (!/^[\w.]+$/.test(name) || !existsSync(path))
          throw new UserError('usage', 'There is no such dataset.', { found: name });
        return path;
      },
    });
    onTestFinished(() => calls.close());
    return calls;
  };
  return { ...scene, runsFolder, openCalls };
}

/** The body of a request that starts a run, as the schema leaves it. */
export const BODY = { dataset: 'data.json', repair: 0, dryRun: false } as const;

/** Folder of a run that was started. */
export function folderOf(scene: CallsScene, { run }: Started | Plan): string {
  return join(scene.runsFolder, run);
}

/** Resolves when the call for a run is over. */
export function idle(calls: Calls, dir: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (calls.state(dir).call !== 'idle') return;
      forget();
      resolve();
    };
    const forget = calls.onChange(look);
    look();
  });
}

export function outcomesOf(dir: string): unknown[] {
  return readLines(join(dir, 'ledger.jsonl')).map(({ id, outcome }) => [id, outcome]);
}

/** Examples of the attempts of a run, sorted. */
export function attemptedIn(dir: string): string[] {
  return readLines(join(dir, 'attempts.jsonl'))
    .map(({ example }) => String(example))
    .sort();
}

/** A terminal that nobody looks at, for commands that run in this process. */
export function quietIo(cwd: string, env: Io['env']): Io {
  const stream = () => new PassThrough().resume() as unknown as NodeJS.WriteStream;
  return {
    ...{ cwd, env, stdout: stream(), stderr: stream() },
    tell: () => {},
    onInterrupt: () => () => {},
    confirm: async () => null,
  };
}

/** Holds answers back from some request on, until they are let go. */
export class HeldAnswers {
  readonly #answeredAtOnce: number;
  #count = 0;
  #letGo = (): void => {};
  readonly #gate = new Promise<void>((resolve) => {
    this.#letGo = resolve;
  });
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(answeredAtOnce: number) {
    this.#answeredAtOnce = answeredAtOnce;
  }

  /** To be called for each request. */
  readonly script = async (): Promise<undefined> => {
    this.#count++;
    for (const { count, resolve } of this.#waiting) if (this.#count >= count) resolve();
    if (this.#count > this.#answeredAtOnce) await this.#gate;
  };

  /** Resolves when so many requests have come in. */
  received(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#count >= count) resolve();
      else this.#waiting.push({ count, resolve });
    });
  }

  letGo(): void {
    this.#letGo();
  }
}

/** The body of a request that asks examples again. */
export const RETRY = { dryRun: false } as const;
/** Ids of so many examples, sorted as text. */
export const someIds = (count: number): string[] =>
  Array.from({ length: count }, (_, id) => String(id)).sort();

/** Starts a run and waits for its end. */
export async function startAndFinish(scene: CallsScene, body: object = {}): Promise<string> {
  const calls = await scene.openCalls();
  const dir = folderOf(scene, await calls.start({ ...BODY, ...body }));
  await idle(calls, dir);
  return dir;
}

/** The ways to send for a run. */
export function waysTo(calls: Calls, dir: string): (() => Promise<unknown>)[] {
  return [() => calls.resume(dir, {}), () => calls.retry(dir, ['5'], RETRY), () => calls.start(BODY)];
}
