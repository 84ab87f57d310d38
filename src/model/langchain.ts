import { shorten, UserError } from '../errors.js';
import type { ChatModel, ChatReply, ChatRequest } from './chat-model.js';
import { tellWords } from './classify.js';
import { withDeadline } from './deadline.js';
import { translateFault } from './langchain-fault.js';
import { type BorrowedPackage, borrowPackage } from './langchain-package.js';
import { silenceLangChain } from './langchain-privacy.js';
import { readMessage } from './langchain-reply.js';
import { findProvider, listProviders, type Provider } from './providers.js';

export interface LangChainModelOptions {
  /** The PROVIDER of `PROVIDER:NAME`. */
  readonly provider: string;
  /** The NAME, as the provider calls the model. */
  readonly name: string;
  /** Keys that the provider's package takes from the environment; removed from its messages. */
  readonly secrets: readonly string[];
  /** From the call to the whole answer, in milliseconds. */
  readonly timeoutMs: number;
  /** The user's folder, where the provider's package is looked for. */
  readonly folder: string;
}

/** The part of a LangChain model that is used. */
interface Invocable {
  invoke(messages: unknown, options: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/**
 * A model behind a provider's LangChain package.
 *
 * LangChain's settings are taken out of the process's environment for good; see `silenceLangChain`.
 *
 * @throws UserError `model_config` when the package is missing or refuses its settings.
 */
export async function createLangChainModel(options: LangChainModelOptions): Promise<ChatModel> {
  const { name, secrets, timeoutMs } = options;
  const provider = findProvider(options.provider);
  if (provider === undefined) {
    throw new UserError('model_config', 'Unknown provider.', {
      expected: `one of ${listProviders().join(', ')}`,
      found: shorten(options.provider),
    });
  }
  const { maxTokensField, packageName } = provider;
  silenceLangChain(process.env);
  const borrowed = borrowPackage(packageName, options.folder);
  // LangChain takes sampling parameters when a model is made, so there is one model for each set of them.
  const models = new Map<string, Promise<Invocable>>();
  const modelFor = (parameters: Readonly<Record<string, number>>) => {
    const key = JSON.stringify(parameters);
    const model = models.get(key) ?? initialize(options, provider, borrowed, parameters);
    models.set(key, model);
    return model;
  };
  // Made once without parameters, so that a missing package or key is found out before the first request.
  try {
    await modelFor({});
  } catch (error) {
    borrowed.giveBack();
    throw error;
  }

  async function send(request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
    const parameters = parametersOf(request, maxTokensField);
    const model = await modelFor(parameters);
    let message: unknown;
    try {
      // Cohere's package reads the limit here and not above; the others look past it.
      message = await model.invoke(request.messages, { ...parameters, signal });
    } catch (error) {
      throw translateFault(error, options.provider, { model: name, secrets, nowMs: Date.now() });
    }
    return readMessage(message);
  }

  return {
    name: `${options.provider}:${name}`,
    complete: (request, { signal }) => withDeadline((inner) => send(request, inner), { signal, timeoutMs }),
    // The packages keep their connections to themselves.
    close: async () => borrowed.giveBack(),
  };
}

function parametersOf(
  { temperature, maxTokens, omit }: ChatRequest,
  maxTokensField: string,
): Record<string, number> {
  return {
    ...(!omit.includes('temperature') && { temperature }),
    ...(!omit.includes('max_tokens') && { [maxTokensField]: maxTokens }),
  };
}

async function initialize(
  { provider: modelProvider, name, secrets, folder }: LangChainModelOptions,
  { packageName, keyVariables }: Provider,
  borrowed: BorrowedPackage,
  parameters: Readonly<Record<string, number>>,
): Promise<Invocable> {
  const { initChatModel } = await import('langchain/chat_models/universal');
  try {
    return await initChatModel(name, { modelProvider, maxRetries: 0, verbose: false, ...parameters });
  } catch (cause) {
    const said = tellWords(cause instanceof Error ? cause.message : String(cause), secrets);
    if (borrowed.missing || said.includes(`Unable to import ${packageName}`)) {
      throw new UserError('model_config', `The package ${packageName} is not installed.`, {
        expected: `${packageName}, through which ${modelProvider} is reached`,
        where: folder,
        hint: `Run: npm install ${packageName}`,
      });
    }
    throw new UserError('model_config', `${packageName} refuses its settings: ${said}`, {
      where: `${modelProvider}:${name}`,
      hint:
        keyVariables.length > 0
          ? `check ${keyVariables.join(', ')}`
          : `see the documentation of ${packageName}`,
    });
  }
}
