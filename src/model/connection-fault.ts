import { ModelError } from './model-error.js';
import { redactSecrets } from './redact.js';

/** A failure to reach the server or to keep the connection, told by host, port and the system's own code. */
export function connectionError(error: unknown, where: string, secrets: readonly string[]): ModelError {
  const reason = connectionCode(error) ?? redactSecrets(innermostMessage(error), secrets);
  return new ModelError(`no connection to ${where} (${reason})`, { kind: 'transport', code: 'connection' });
}

/** The code of the innermost cause that has one: `ECONNREFUSED`, `UND_ERR_SOCKET`, `CERT_HAS_EXPIRED`, ... */
export function connectionCode(error: unknown): string | undefined {
  const codes = causes(error).map((cause) => ('code' in cause ? cause.code : undefined));
  return codes.findLast((code): code is string => typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code));
}

/** `host:port` of a URL, the port spelled out. */
export function hostAndPort(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}

function innermostMessage(error: unknown): string {
  return causes(error).at(-1)?.message ?? 'unknown reason';
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let cause = error; cause instanceof Error && chain.length < 8; cause = cause.cause) chain.push(cause);
  return chain;
}
