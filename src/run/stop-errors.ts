import { EnvironmentError, UserError } from '../errors.js';
import type { ChatModel } from '../model/chat-model.js';
import type { ModelError, ModelErrorCode } from '../model/model-error.js';

/** The server refuses this run's model, key or settings: no request would fare better. */
export function refusal(fault: ModelError, model: Pick<ChatModel, 'name'>): UserError {
  const hints: Partial<Record<ModelErrorCode, string>> = {
    unauthorized: 'Check the API key (OPENAI_API_KEY, or the variable of your provider).',
    forbidden: 'Check what the API key is allowed to do.',
    unknown_model: 'Check the name given with --model.',
    wrong_endpoint: 'Check the address given with --base-url: it ends before /chat/completions.',
    invalid_parameter: 'Give another --temperature or --max-tokens.',
    quota_exhausted: 'Check the plan and the balance of your account, then run the same command again.',
  };
  return new UserError(
    'model_refused',
    'The server refuses every request, so the run was stopped. No example was marked as failed.',
    {
      where: `model ${model.name}`,
      found: describeFault(fault),
      ...(hints[fault.facts.code] === undefined ? {} : { hint: hints[fault.facts.code] }),
    },
    { cause: fault },
  );
}

/**
 * Nothing but bad requests so far: more likely the server does not take what it is sent than that every example is bad.
 *
 * @param refused ids of the examples that were refused
 */
export function refusalOfAll(
  fault: ModelError,
  model: Pick<ChatModel, 'name'>,
  refused: readonly string[],
): UserError {
  return new UserError(
    'model_refused',
    'The server has refused every request so far, so the run was stopped.',
    {
      where: `model ${model.name}`,
      found: describeFault(fault),
      hint: `Mend the cause, then ask again for the refused examples with \`burnish retry --ids ${refused.join(',')}\` and go on.`,
    },
    { cause: fault },
  );
}

/**
 * Nobody gets an answer any more.
 *
 * @param everAnswered whether anything was answered before
 */
export function outage(
  fault: ModelError,
  model: Pick<ChatModel, 'name'>,
  everAnswered: boolean,
): EnvironmentError {
  return new EnvironmentError(
    'outage',
    everAnswered
      ? 'The server has stopped answering, so the run was stopped. What was not answered stays pending.'
      : 'The server gives no usable answer, so the run was stopped. What was not answered stays pending.',
    {
      where: `model ${model.name}`,
      found: describeFault(fault),
      hint: everAnswered
        ? 'When the server answers again, run the same command to go on.'
        : 'Check that the server runs and that --base-url is its API, then run the same command to go on.',
    },
    { cause: fault },
  );
}

/**
 * The server asks for a longer wait than the user wants.
 *
 * @param words the server's
 */
export function waitTooLong(waitMs: number, words: string, model: Pick<ChatModel, 'name'>): EnvironmentError {
  const wait = `${Math.ceil(waitMs / 1000)} s`;
  return new EnvironmentError(
    'rate_limit',
    'The server asks to wait for too long, so the run was stopped. What was not answered stays pending.',
    {
      where: `model ${model.name}`,
      expected: 'a wait of --max-wait seconds or less',
      found: `${wait}: ${words}`,
      hint: `Run the same command in ${wait} to go on, or give a longer --max-wait.`,
    },
  );
}

function describeFault({ facts, message }: ModelError): string {
  return `${facts.status === undefined ? '' : `HTTP ${facts.status}: `}${message}`;
}
