import type { CheckSuite } from '../checks/index.js';
import type { Example } from '../dataset/example.js';
import type { ChatMessage } from '../model/chat-model.js';
import { mostTokensOf } from '../model/count-tokens.js';
import type { Prompt } from '../prompt/prompt.js';
import type { PromptKind } from '../prompt/prompt-kind.js';
import { renderPrompt } from '../prompt/render-prompt.js';
import type { Attempt } from './attempt.js';
import { judgeMessages } from './judge-rounds.js';
import type { AssessedAttempt } from './ledger.js';
import { loadLedger } from './load-ledger.js';
import type { RunRecord } from './read-run.js';
import { repairMessages } from './repair.js';
import { readAnyRunPrompt } from './run-prompt.js';
import { sentKey } from './sent.js';

/** What a request said. */
export interface SentPrompt {
  readonly messages: readonly ChatMessage[];
  /** Why it may have said something else, in a sentence; null when it cannot have. */
  readonly doubt: string | null;
}

/**
 * Puts together again what the request of an attempt said. Requests are not kept; prompts and examples are, so that most
 * are certain. A repair names findings, and a judge is shown a text, that were read from earlier replies: they are read
 * anew, by the checks as they are now, and compared with the size that was noted before the request was sent.
 *
 * @param suite what the run is judged by
 * @throws EnvironmentError `run_damaged` when the prompt is not there any more
 */
export async function readSentPrompt(
  run: RunRecord,
  attempt: Attempt,
  suite: CheckSuite,
): Promise<SentPrompt> {
  const example = run.selection.find(({ id }) => id === attempt.example);
  if (example === undefined) throw new Error(`Example ${attempt.example} is not in the run.`);
  const prompt = await readAnyRunPrompt(run.dir, attempt.prompt);
  if (isOfKind(prompt, 'refine')) return { messages: renderPrompt(prompt, example), doubt: null };
  const assessed = await assessedBefore(run, attempt, example, suite);
  const messages = isOfKind(prompt, 'judge')
    ? askJudge(example, attempt, assessed.all, prompt)
    : isOfKind(prompt, 'repair') && assessed.chosen !== null
      ? repairMessages(example, assessed.chosen, prompt)
      : null;
  if (messages === null) return { messages: [], doubt: 'What it was about cannot be read any more.' };
  return { messages, doubt: doubtOf(run, attempt, messages) };
}

function isOfKind<Kind extends PromptKind>(prompt: Prompt<PromptKind>, kind: Kind): prompt is Prompt<Kind> {
  return prompt.settings.kind === kind;
}

function askJudge(
  example: Example,
  { judged }: Attempt,
  assessed: readonly AssessedAttempt[],
  prompt: Prompt<'judge'>,
): ChatMessage[] | null {
  const text = assessed.find(({ attempt }) => attempt.attempt === judged?.attempt)?.parsed.candidate;
  return judged === undefined || !text ? null : judgeMessages(example, text, judged.order, prompt);
}

/** The replies to an example that had come when an attempt was made. Nobody had decided on it then, or it would not have been. */
async function assessedBefore(
  run: RunRecord,
  attempt: Attempt,
  example: Example,
  suite: CheckSuite,
): Promise<{ readonly all: readonly AssessedAttempt[]; readonly chosen: AssessedAttempt | null }> {
  const earlier = run.attempts.slice(0, run.attempts.indexOf(attempt));
  const then = { ...run, selection: [example], attempts: earlier, decisions: new Map() };
  const [entry] = await loadLedger(then, suite);
  return { all: entry?.assessed ?? [], chosen: entry?.chosen ?? null };
}

function doubtOf(
  { sent, batches, manifest }: RunRecord,
  attempt: Attempt,
  messages: readonly ChatMessage[],
): string | null {
  const noted =
    sent.find((line) => sentKey(line) === sentKey(attempt))?.reserved.promptTokens ??
    batches
      .find(({ intent }) => intent.batch === attempt.batch)
      ?.intent.requests.find(
        (request) => request.example === attempt.example && request.attempt === attempt.attempt,
      )?.promptTokens;
  if (noted === mostTokensOf(messages)) return null;
  const what = attempt.purpose === 'judge' ? 'The text in it is' : 'The findings in it are';
  const { budgetUsd, budgetTokens } = manifest.settings;
  // With a budget, and in batches, tokens may have been counted instead of bytes.
  const isComparable =
    noted !== undefined && attempt.batch === undefined && budgetUsd === null && budgetTokens === null;
  return isComparable
    ? `${what} read as they are read now; what was sent was of another size, so that it was not quite this.`
    : `${what} read as they are read now; nothing was noted that tells whether they were the same when it was sent.`;
}
