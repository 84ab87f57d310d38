import type { CheckSuite } from '../checks/index.js';
import type { Example } from '../dataset/example.js';
import { type JudgeOrder, nextOrder } from '../judge/index.js';
import type { ChatMessage } from '../model/chat-model.js';
import type { Prompt } from '../prompt/prompt.js';
import { renderPrompt } from '../prompt/render-prompt.js';
import type { LedgerEntry } from './ledger.js';
import { loadLedger } from './load-ledger.js';
import type { RunSettings } from './manifest.js';
import type { RunRecord } from './read-run.js';
import type { Task } from './task.js';

/** What a judge is asked, and about what. */
export interface Judging {
  readonly prompt: Prompt<'judge'>;
  /** What the replies are checked with before. */
  readonly suite: CheckSuite;
  /** Whether replies are judged that rules have failed. */
  readonly all: boolean;
  /** The examples that are judged in this call; null for all. */
  readonly ids: ReadonlySet<string> | null;
  /** How many of them at most; undefined for no limit. */
  readonly limit: number | undefined;
}

/** A question that a judge has not answered yet. */
export interface OpenQuestion {
  readonly entry: LedgerEntry;
  /** Number of the attempt to be judged. */
  readonly attempt: number;
  readonly refined: string;
  readonly order: JudgeOrder;
}

/** An answer is about two texts, with at most three short entries in each of six lists, mostly empty. */
export const JUDGE_COMPLETION_TOKENS = 400;

/**
 * What a judge is still to be asked: about the attempt that counts of each example on which nobody decided. A text that
 * is the original again needs no comparison.
 */
export function openQuestions(ledger: readonly LedgerEntry[], all: boolean): OpenQuestion[] {
  return ledger.flatMap((entry) => {
    const { chosen, decision, example } = entry;
    const refined = chosen?.parsed.candidate ?? '';
    if (chosen === null || decision !== null || refined === '' || refined === example.response.trim())
      return [];
    if (chosen.verdict === 'fail' && !all) return [];
    const order = nextOrder(chosen.judgement);
    return order === null ? [] : [{ entry, attempt: chosen.attempt.attempt, refined, order }];
  });
}

/** How far judging has come: examples whose attempt that counts was judged, or is still to be. */
export interface JudgingState {
  readonly judged: number;
  readonly unjudged: number;
  /** How many of those that were judged have an answer of no use: unreadable, or refused. */
  readonly unusable: number;
}

/** Tells from a ledger how far judging has come. */
export function judgingState(
  ledger: readonly LedgerEntry[],
  { judge, judgeAll }: Pick<RunSettings, 'judge' | 'judgeAll'>,
): JudgingState {
  const judged = ledger
    .flatMap(({ chosen }) => chosen?.judgement ?? [])
    .filter((judgement) => nextOrder(judgement) === null);
  return {
    judged: judged.length,
    unjudged: judge === null ? 0 : openQuestions(ledger, judgeAll).length,
    unusable: judged.filter(({ faults }) => faults.length > 0).length,
  };
}

/** Says what to ask the judge next, until nothing is open; no question is put twice. */
export function roundsOfJudging(
  run: RunRecord,
  { prompt, suite, all, ids, limit }: Judging,
): () => Promise<Task[]> {
  const put = new Set<string>();
  const examples = new Set<string>();
  return async () => {
    const tasks: Task[] = [];
    for (const question of openQuestions(await loadLedger(run, suite), all)) {
      const { id } = question.entry.example;
      if (ids !== null && !ids.has(id)) continue;
      const key = JSON.stringify([id, question.attempt, question.order]);
      if (put.has(key) || (!examples.has(id) && examples.size >= (limit ?? Infinity))) continue;
      put.add(key);
      examples.add(id);
      tasks.push(judgeTask(question, prompt));
    }
    return tasks;
  };
}

function judgeTask({ entry, attempt, refined, order }: OpenQuestion, prompt: Prompt<'judge'>): Task {
  const { example } = entry;
  return {
    example,
    purpose: 'judge',
    prompt: prompt.hash,
    temperature: prompt.settings.temperature,
    maxTokens: prompt.settings.max_output_tokens,
    expectedCompletionTokens: JUDGE_COMPLETION_TOKENS,
    judged: { attempt, order },
    messages: () => judgeMessages(example, refined, order, prompt),
  };
}

/** Asks for a comparison of the original response with a refined one, in that order. */
export function judgeMessages(
  { instruction, input, response }: Example,
  refined: string,
  order: JudgeOrder,
  prompt: Prompt<'judge'>,
): ChatMessage[] {
  const [first, second] = order === 'original-first' ? [response, refined] : [refined, response];
  return renderPrompt(prompt, { instruction, input, first, second });
}
