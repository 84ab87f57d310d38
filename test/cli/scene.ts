import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Answer, answerCompletion, type ChatServer, startChatServer } from '../support/chat-server.js';
import { burnish, type Ended, makeFolder, type Running, startBurnish } from '../support/cli.js';

export type Row = Readonly<Record<string, unknown>>;

/** Decides how the request about the example with this instruction is answered; undefined: with a good reply. */
export type Script = (
  instruction: string,
  request: {
    readonly number: number;
    readonly model: string;
    readonly authorization: string | undefined;
    /** The last message, whole. */
    readonly message: string;
  },
) => Answer | undefined | Promise<Answer | undefined>;

/** A folder with a dataset, and a server that stands in for a model. */
export interface Scene {
  readonly folder: string;
  readonly server: ChatServer;
  /** Added to the environment of every command. */
  readonly env: Readonly<Record<string, string>>;
  /** The instructions that were asked about, in the order of the requests. */
  asked(): string[];
  /** Forgets what was asked so far. */
  forget(): void;
  /** Runs `burnish` with these arguments in the folder. */
  run(...args: readonly string[]): Promise<Ended>;
  /**
   * `burnish refine data.json --model m --base-url ... --repair 0`, and these arguments. Most tests are about what one
   * reply leads to; a later `--repair` among the arguments counts.
   */
  refine(...args: readonly string[]): Promise<Ended>;
  startRefine(...args: readonly string[]): Running;
  /** The folder of the only run. */
  runFolder(): string;
  read(path: string): string;
  /** The lines of a JSONL file of the only run. */
  lines(name: string): Record<string, unknown>[];
}

/** Rows whose instructions are `Task 0`, `Task 1`, ...; the later, the longer the response. */
export function makeRows(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    instruction: `Task ${index}`,
    input: index % 3 === 0 ? `Input ${index}` : '',
    output: `A wall of ${index} stones needs no mortar${' too'.repeat(index + 1)}.`,
  }));
}

/** What the refined response to an instruction is, unless the script says otherwise. */
export function refinedText(instruction: string): string {
  return `A wall of stones needs no mortar, says "${instruction}", since their weight holds them.`;
}

/** A reply in the format of the default prompt. */
export function reply(text: string): string {
  return `The answer is vague.\n\n[Better Answer]\n${text}\n[End]`;
}

export interface SceneOptions {
  readonly rows?: readonly Row[];
  readonly script?: Script;
  readonly env?: Readonly<Record<string, string>>;
}

export async function setScene(options: SceneOptions = {}): Promise<Scene> {
  const { rows = makeRows(6), script = () => undefined, env = {} } = options;
  const folder = makeFolder();
  writeFileSync(join(folder, 'data.json'), JSON.stringify(rows));
  let asked: string[] = [];
  const server = await startChatServer(async ({ number, body, headers }) => {
    const message = body.messages?.at(-1)?.content ?? '';
    const instruction = instructionIn(message);
    asked.push(instruction);
    const { authorization } = headers;
    const answer = await script(instruction, { number, model: body.model ?? '', authorization, message });
    return answer ?? answerCompletion(reply(refinedText(instruction)));
  });
  onTestFinished(() => server.close());
  const surroundings = { cwd: folder, env };
  const command = (args: readonly string[]): string[] => [
    ...['refine', 'data.json', '--model', 'm', '--base-url', server.url, '--repair', '0'],
    ...args,
  ];
  const runFolder = (): string => {
    const runs = existsSync(join(folder, 'runs')) ? readdirSync(join(folder, 'runs')) : [];
    if (runs[0] === undefined || runs.length > 1) throw new Error(`not one run but: ${runs.join(', ')}`);
    return join(folder, 'runs', runs[0]);
  };
  return {
    ...{ folder, server, env },
    asked: () => [...asked],
    forget: () => {
      asked = [];
    },
    run: (...args) => burnish(args, surroundings),
    refine: (...args) => burnish(command(args), surroundings),
    startRefine: (...args) => startBurnish(command(args), surroundings),
    runFolder,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    lines: (name) => readLines(join(runFolder(), name)),
  };
}

/** Whether a request asks for a repair, with the findings named. */
export function namesFindings(message: string): boolean {
  return message.includes('</attempt>');
}

/** The instruction that a request of the default prompt, or of the one for repairs, is about. */
export function instructionIn(message: string): string {
  return /<instruction>\n([\s\S]*?)\n<\/instruction>/.exec(message)?.[1] ?? message;
}

export function readLines(path: string): Record<string, unknown>[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
