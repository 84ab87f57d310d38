import { fetch } from 'undici';
import { expect, test } from 'vitest';
import { connectionError } from '../../src/model/connection-fault.js';

function thrown(message: string, fields: Record<string, unknown> = {}): Error {
  return Object.assign(new Error(message), fields);
}

function verdict(cause: unknown): string {
  return connectionError(new TypeError('fetch failed', { cause }), 'host:1', []).facts.code;
}

test.each([
  ['ECONNREFUSED', {}],
  ['ENOTFOUND', { syscall: 'getaddrinfo' }],
  ['EAI_AGAIN', {}],
  ['EHOSTUNREACH', {}],
  ['ENETUNREACH', {}],
  ['UND_ERR_CONNECT_TIMEOUT', {}],
  ['ETIMEDOUT', { syscall: 'connect' }],
  ['CERT_HAS_EXPIRED', {}],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', {}],
  ['SELF_SIGNED_CERT_IN_CHAIN', {}],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', {}],
  ['ERR_TLS_CERT_ALTNAME_INVALID', {}],
  ['ERR_SSL_WRONG_VERSION_NUMBER', {}],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', {}],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', {}],
])('%s means that nothing was sent', (code, fields) => {
  expect(verdict(thrown('x', { code, ...fields }))).toBe('unreachable');
});

test('so does a handshake that was cut, or met a server without TLS', () => {
  const cut = 'Client network socket disconnected before secure TLS connection was established';
  expect(verdict(thrown(cut, { code: 'ECONNRESET' }))).toBe('unreachable');
  expect(verdict(thrown('write EPROTO: wrong version number', { code: 'EPROTO' }))).toBe('unreachable');
});

test('so does a port that fetch refuses to connect to', async () => {
  const error = await fetch('http://127.0.0.1:1/').catch((error: unknown) => error);
  expect(connectionError(error, '127.0.0.1:1', []).facts.code).toBe('unreachable');
});

test('so do several addresses that were tried in vain', () => {
  const tried = [thrown('x', { code: 'ETIMEDOUT', syscall: 'connect' })];
  expect(verdict(Object.assign(new AggregateError(tried), { code: 'ETIMEDOUT' }))).toBe('unreachable');
});

test.each([
  ['ECONNRESET', { syscall: 'read' }],
  ['EPIPE', { syscall: 'write' }],
  ['ETIMEDOUT', { syscall: 'read' }],
  ['EPROTO', { syscall: 'write' }],
  ['UND_ERR_SOCKET', {}],
  ['UND_ERR_HEADERS_TIMEOUT', {}],
  ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', {}],
  [undefined, {}],
])('%s may mean a request that was worked on', (code, fields) => {
  expect(verdict(thrown('x', { code, ...fields }))).toBe('connection');
});

test('the message names host and code, or the words when there is no code, without secrets', () => {
  const refused = connectionError(thrown('x', { code: 'ECONNREFUSED' }), 'host:1', []);
  expect(refused.message).toBe('no connection to host:1 (ECONNREFUSED)');
  const broken = connectionError(thrown('bad hunter22'), 'host:1', ['hunter22']);
  expect(broken.message).toBe('lost the connection to host:1 (bad [redacted])');
});
