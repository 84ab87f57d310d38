/** Where OpenAI itself answers. */
export const openAiBaseUrl = 'https://api.openai.com/v1';

/** A provider that is reached through its LangChain package. */
export interface Provider {
  /** The npm package that the user installs. */
  readonly packageName: string;
  /** Environment variables of which the package reads its key; the first is the usual one. */
  readonly keyVariables: readonly string[];
  /** Whether a request without such a key is bound to fail. */
  readonly needsKey: boolean;
  /** What the package calls the limit of completion tokens. */
  readonly maxTokensField: 'maxTokens' | 'maxOutputTokens' | 'maxCompletionTokens' | 'numPredict';
}

function provider(
  name: string,
  keyVariables: readonly string[],
  maxTokensField: Provider['maxTokensField'] = 'maxTokens',
): Provider {
  return {
    packageName: `@langchain/${name}`,
    keyVariables,
    needsKey: keyVariables.length > 0,
    maxTokensField,
  };
}

const awsSecrets = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_BEARER_TOKEN_BEDROCK'];
/** AWS finds credentials in profiles and roles as well; the variables are named so that they can be redacted. */
const bedrock: Provider = { ...provider('aws', awsSecrets), needsKey: false };
const mistral = provider('mistralai', ['MISTRAL_API_KEY']);

/** The PROVIDER of `PROVIDER:NAME`, by the names that LangChain's `initChatModel` gives them. */
const providers: ReadonlyMap<string, Provider> = new Map([
  ['anthropic', provider('anthropic', ['ANTHROPIC_API_KEY'])],
  ['aws', bedrock],
  ['azure_openai', provider('openai', ['AZURE_OPENAI_API_KEY'])],
  ['bedrock', bedrock],
  ['cerebras', provider('cerebras', ['CEREBRAS_API_KEY'], 'maxCompletionTokens')],
  ['cohere', provider('cohere', ['COHERE_API_KEY'])],
  ['deepseek', provider('deepseek', ['DEEPSEEK_API_KEY'])],
  ['fireworks', provider('fireworks', ['FIREWORKS_API_KEY'])],
  ['google-genai', provider('google-genai', ['GOOGLE_API_KEY', 'GEMINI_API_KEY'], 'maxOutputTokens')],
  ['google-vertexai', provider('google-vertexai', [], 'maxOutputTokens')],
  ['groq', provider('groq', ['GROQ_API_KEY'])],
  ['mistral', mistral],
  ['mistralai', mistral],
  ['ollama', provider('ollama', [], 'numPredict')],
  ['perplexity', provider('perplexity', ['PERPLEXITY_API_KEY'])],
  ['together', provider('together-ai', ['TOGETHER_AI_API_KEY'])],
  ['xai', provider('xai', ['XAI_API_KEY'])],
]);

/** The provider of that name, undefined when there is none. */
export function findProvider(name: string): Provider | undefined {
  return providers.get(name);
}

/** The names of all providers, sorted. */
export function listProviders(): string[] {
  return [...providers.keys()].sort();
}
