import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Example, SourceRow } from '../../src/dataset/example.js';
import { parseLossless } from '../../src/dataset/lossless-json.js';
import { parsePrompt } from '../../src/prompt/parse-prompt.js';
import type { Attempt } from '../../src/run/attempt.js';
import { createRun } from '../../src/run/create-run.js';
import type { DecisionLine } from '../../src/run/decision.js';
import type { Identity, Manifest, RunSettings } from '../../src/run/manifest.js';
import type { Asking } from '../../src/run/task.js';

/** A temporary folder for the tests of one file, removed when they are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An example in Alpaca's shape, as reading a dataset makes it; its row is JSON text so that `4.0` can stand in it. */
export function exampleOf(json: string, row = 0): Example {
  const source = parseLossless(json) as SourceRow & { instruction: string; input?: string; output: string };
  const { id = String(row), instruction, input = '', output } = source;
  return { id: String(id), row, instruction, input, response: output, source };
}

/** `count` examples with the ids 0, 1, 2, ... */
export function someExamples(count: number): Example[] {
  return Array.from({ length: count }, (_, row) =>
    exampleOf(JSON.stringify({ instruction: `Ask ${row}?`, input: '', output: `Original ${row}.` }), row),
  );
}

export const PROMPT_TEXT = `---
name: sample
version: 3
reply: better-answer
temperature: 0.5
max_output_tokens: 64
---
# System
Improve.
# User
I: {{instruction}} R: {{response}}
# User with input
I: {{instruction}} IN: {{input}} R: {{response}}
`;

export const PROMPT = parsePrompt(PROMPT_TEXT, 'sample.md');

/** How examples are asked first. */
export const FIRST: Asking = { prompt: PROMPT, purpose: 'first', temperature: 0.5, maxTokens: 64 };

export const IDENTITY: Identity = {
  dataset: 'd'.repeat(64),
  from: null,
  selection: { kind: 'top', top: 1000, by: 'words', of: 'response', where: [] },
  prompt: PROMPT.hash,
  model: 'small-model',
  temperature: 0.5,
  maxTokens: 64,
};

export const SETTINGS: RunSettings = {
  baseUrl: null,
  baseUrlHadSecrets: false,
  onFlag: 'keep',
  onFail: 'keep',
  repair: 1,
  repairFlagged: false,
  output: null,
  to: null,
  priceIn: null,
  priceOut: null,
  budgetUsd: null,
  budgetTokens: null,
  checks: null,
  judge: null,
  judgeAll: false,
};

export function manifestOf(selected: number): Omit<Manifest, 'v'> {
  return {
    burnish: '0.0.0',
    createdAt: '2025-01-02T03:04:05.000Z',
    identity: IDENTITY,
    dataset: {
      path: '/data/sample.json',
      shape: 'alpaca',
      extension: '.json',
      rows: selected,
      emptyResponses: 0,
      badRows: {},
    },
    selected,
    settings: SETTINGS,
    snapshot: null,
  };
}

/** Makes a run of these examples. */
export async function makeRun(dir: string, examples: readonly Example[]): Promise<string> {
  await createRun(dir, manifestOf(examples.length), examples, PROMPT);
  return dir;
}

/** A reply whose candidate is `text`. */
export function answer(text: string): string {
  return `Thin.\n\n[Better Answer]\n${text}\n[End]\n`;
}

/** What distinguishes an attempt in a test; the rest is filled in. */
export type AttemptParts = Partial<Omit<Attempt, 'reply' | 'error'>> & {
  /** The raw reply; given, there is no error. */
  readonly raw?: string;
  readonly finishReason?: string | null;
  /** Kind, code and message of the fault; given, there is no reply. */
  readonly fault?: readonly [kind: NonNullable<Attempt['error']>['kind'], code: string, message: string];
};

export function attemptOf({ raw, finishReason = 'stop', fault, ...parts }: AttemptParts = {}): Attempt {
  return {
    v: 1,
    example: '0',
    attempt: 1,
    session: 's1',
    purpose: 'first',
    prompt: PROMPT.hash,
    model: 'small-model',
    servedModel: null,
    temperature: 0.5,
    maxTokens: 64,
    omitted: [],
    resend: 0,
    resendsLeft: 2,
    sentAt: '2025-01-02T03:04:05.000Z',
    durationMs: 5,
    usage: null,
    costUsd: null,
    ...parts,
    reply: fault === undefined ? { content: raw ?? answer('Better.'), finishReason } : null,
    error: fault === undefined ? null : { kind: fault[0], code: fault[1], status: null, message: fault[2] },
  };
}

/** A decision without the fields that are the same in all of them. */
export type DecisionParts = DecisionLine extends infer Line
  ? Line extends DecisionLine
    ? Omit<Line, 'v' | 'at'>
    : never
  : never;

export function decisionOf(parts: DecisionParts): DecisionLine {
  return { v: 1, at: '2025-01-02T03:04:05.000Z', ...parts };
}
