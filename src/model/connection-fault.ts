import { ModelError } from './model-error.js';
import { redactSecrets } from './redact.js';

/**
 * A failure to reach the server (`unreachable`: nothing was sent, nothing can be charged) or to keep the
 * connection (`connection`), told by host, port and the system's own code.
 */
export function connectionError(error: unknown, where: string, secrets: readonly string[]): ModelError {
  const reason = connectionCode(error) ?? redactSecrets(innermostMessage(error), secrets);
  return wasNeverMade(error)
    ? new ModelError(`no connection to ${where} (${reason})`, { kind: 'transport', code: 'unreachable' })
    : new ModelError(`lost the connection to ${where} (${reason})`, {
        kind: 'transport',
        code: 'connection',
      });
}

/** The code of the innermost cause that has one: `ECONNREFUSED`, `UND_ERR_SOCKET`, `CERT_HAS_EXPIRED`, ... */
export function connectionCode(error: unknown): string | undefined {
  return innermostCoded(error)?.code;
}

/** `host:port` of a URL, the port spelled out. */
export function hostAndPort(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What OpenSSL and Node.js call a certificate that they don't accept, and a handshake that fails. */
const handshakeCodes =
  /^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_|ERR_SSL_.*(VERSION|HANDSHAKE|UNKNOWN_CA|UNRECOGNIZED_NAME|PACKET_LENGTH|CERTIFICATE|CIPHER))/;
/** The same of errors whose code also stands for a connection that died later. */
const handshakeWords =
  /wrong version number|handshake|packet length too long|before secure TLS connection was established/i;

/** What fetch says of a port that it refuses to connect to (Fetch standard, "port blocking"); it has no code. */
const BLOCKED_PORT = 'bad port';

/** In doubt the connection was made: that only makes us more careful about what may have been charged. */
function wasNeverMade(error: unknown): boolean {
  if (innermostMessage(error) === BLOCKED_PORT) return true;
  const coded = innermostCoded(error);
  if (coded === undefined) return false;
  const { code, syscall, cause } = coded;
  // Several addresses tried in vain come as one error without a system call.
  if (code === 'ETIMEDOUT') return syscall === 'connect' || cause instanceof AggregateError;
  if (code === 'EPROTO' || code === 'ECONNRESET') return handshakeWords.test(cause.message);
  return unreachableCodes.has(code) || handshakeCodes.test(code);
}

interface CodedError {
  readonly cause: Error;
  readonly code: string;
  readonly syscall: unknown;
}

function innermostCoded(error: unknown): CodedError | undefined {
  return causes(error)
    .map((cause) => {
      const { code, syscall } = cause as { code?: unknown; syscall?: unknown };
      return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)
        ? { cause, code, syscall }
        : undefined;
    })
    .findLast((coded) => coded !== undefined);
}

function innermostMessage(error: unknown): string {
  return causes(error).at(-1)?.message ?? 'unknown reason';
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let cause = error; cause instanceof Error && chain.length < 8; cause = cause.cause) chain.push(cause);
  return chain;
}
