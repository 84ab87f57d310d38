import type { CheckSuite } from '../checks/index.js';
import type { Example } from '../dataset/example.js';
import type { ChatMessage } from '../model/chat-model.js';
import { roughCounter } from '../model/count-tokens.js';
import type { Prompt } from '../prompt/prompt.js';
import { renderPrompt } from '../prompt/render-prompt.js';
import { expectCompletion } from './expected-tokens.js';
import type { AssessedAttempt, LedgerEntry } from './ledger.js';
import type { RunSettings } from './manifest.js';
import { type Asking, refinementTask, type Task } from './task.js';

/** Which replies are repaired, and how often. */
export type RepairPolicy = Pick<RunSettings, 'repair' | 'repairFlagged'>;

/** How a reply is repaired. */
export interface Repairing {
  /** What the replies are judged by. */
  readonly suite: CheckSuite;
  /** Names the findings, for the first repair of an example. */
  readonly prompt: Prompt<'repair'>;
  /** How the run asks, for the others. */
  readonly again: Omit<Asking, 'purpose'>;
}

/**
 * The examples that are to be repaired, in order: the best reply so far fails its checks (or is flagged, where that is
 * to be repaired), nobody has decided, and not all repairs were made. What brought no reply at all is none of them: the
 * server has refused it, or it is still to be asked.
 */
export function dueForRepair(ledger: readonly LedgerEntry[], policy: RepairPolicy): LedgerEntry[] {
  return ledger.filter(
    ({ chosen, decision, verdict, repairs }) =>
      chosen !== null &&
      decision === null &&
      repairs < policy.repair &&
      (verdict === 'fail' || (verdict === 'flag' && policy.repairFlagged)),
  );
}

/** Asks for another reply: first with the findings named, from the second time on by sampling anew. */
export function repairTask({ example, chosen, repairs }: LedgerEntry, { prompt, again }: Repairing): Task {
  if (chosen === null || repairs > 0) {
    const temperature = resamplingTemperature(again.temperature);
    return refinementTask(example, { ...again, purpose: 'repair', temperature });
  }
  return {
    example,
    purpose: 'repair',
    prompt: prompt.hash,
    temperature: again.temperature,
    maxTokens: again.maxTokens,
    expectedCompletionTokens: expectCompletion(example, prompt, roughCounter),
    messages: () => repairMessages(example, chosen, prompt),
  };
}

/** Asks for another response than that of `failed`, and names what was found in it. */
export function repairMessages(
  { instruction, input, response }: Example,
  failed: AssessedAttempt,
  prompt: Prompt<'repair'>,
): ChatMessage[] {
  return renderPrompt(prompt, { instruction, input, response, ...describeFailure(failed) });
}

/** What failed and why, for the model: notes are left out, since they would not have mattered. */
function describeFailure({ attempt, parsed, findings }: AssessedAttempt): {
  readonly candidate: string;
  readonly findings: string;
} {
  const named = findings.filter(({ severity }) => severity !== 'note').map(({ message }) => `- ${message}`);
  const text = parsed.candidate?.trim() ? parsed.candidate : (attempt.reply?.content ?? '');
  return { candidate: text, findings: [...new Set(named)].join('\n') };
}

/** Where replies begin to differ from time to time, and how much higher than before it must be at least. */
const DIVERSE_TEMPERATURE = 0.7;
const STEP = 0.3;
/** Many providers take no more, so nothing goes above it that was not there before. */
const USUAL_LIMIT = 1;
const LIMIT = 2;

/** The temperature at which an example is asked anew with the same prompt: higher than that of the run. */
export function resamplingTemperature(temperature: number): number {
  const limit = temperature < USUAL_LIMIT ? USUAL_LIMIT : LIMIT;
  const higher = Math.min(limit, Math.max(DIVERSE_TEMPERATURE, temperature + STEP));
  return Math.round(higher * 100) / 100;
}
