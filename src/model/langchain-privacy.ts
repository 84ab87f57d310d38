/**
 * Takes LangChain's own settings out of the environment, so that nobody but the chosen model sees the data.
 *
 * Tracing (LANGSMITH_TRACING and its older names) is decided anew at every call, from the environment alone;
 * an empty list of callbacks does not prevent it. LANGSMITH_GATEWAY sends the requests themselves through
 * LangSmith, and LANGCHAIN_VERBOSE prints them on stdout. None of these settings chooses a model, so all of
 * them go. The environment is the process's own, because there is no other switch that reaches the copies of
 * LangChain's core that come with the providers' packages.
 */
export function silenceLangChain(env: NodeJS.ProcessEnv): void {
  for (const variable of Object.keys(env)) {
    if (/^(LANGSMITH|LANGCHAIN)_/i.test(variable)) delete env[variable];
  }
}
