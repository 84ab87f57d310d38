import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { EnvironmentError, UserError } from '../errors.js';
import { inBrackets } from './own-hosts.js';

/** Longest times in milliseconds: for a request's head, for all of a request, for a connection without one. */
const HEAD_MS = 20_000;
const REQUEST_MS = 15 * 60_000;
const IDLE_MS = 60_000;
/** Those that come while so many are open are turned away, so that files can still be opened. */
const MOST_CONNECTIONS = 800;
/** How long connections may go on once the server stops. */
const LAST_ANSWERS_MS = 2000;

/** A server that takes requests. */
export interface Listening {
  /** As a person types it. */
  readonly url: string;
  /** Takes no more requests, and lets the answers under way be sent. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** The first that is free is taken; 0 is any that is free. */
  readonly ports: readonly number[];
}

type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** A server that waits for nobody too long, and listens nowhere yet. */
export function createHttpServer(fetch: Fetch): Server {
  const handle = getRequestListener(fetch as Parameters<typeof getRequestListener>[0], {
    overrideGlobalObjects: false,
  });
  const server = createServer(
    {
      headersTimeout: HEAD_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: IDLE_MS,
      maxHeaderSize: 32 * 1024,
    },
    (incoming, outgoing) => void handle(incoming, outgoing),
  );
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/**
 * Hands the requests that come in on a port to a service.
 *
 * @throws UserError `usage` when all ports are taken, or not to be had
 */
export async function listen(fetch: Fetch, { host, ports }: ListenOptions): Promise<Listening> {
  const server = createHttpServer(fetch);
  await beginAtFirst(server, host, ports);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${inBrackets(host)}:${address.port}`,
    close: () => end(server),
  };
}

async function beginAtFirst(server: Server, host: string, ports: readonly number[]): Promise<void> {
  for (const [place, port] of ports.entries()) {
    try {
      return await begin(server, host, port);
    } catch (error) {
      const fault = error as NodeJS.ErrnoException;
      if (fault.code !== 'EADDRINUSE' || place === ports.length - 1) throw refused(fault, host, port);
    }
  }
}

function begin(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function end(server: Server): Promise<void> {
  const giveUp = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
  return new Promise((resolve) => {
    // Ends connections that are kept for later, as well.
    server.close(() => {
      clearTimeout(giveUp);
      resolve();
    });
  });
}

function refused(error: NodeJS.ErrnoException, host: string, port: number): UserError | EnvironmentError {
  const where = `${inBrackets(host)}:${port}`;
  if (error.code === 'EADDRINUSE') {
    return new UserError('usage', 'Something listens there already.', {
      where,
      expected: 'a free port',
      hint: 'Give another one with --port; 0 takes any that is free.',
    });
  }
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EACCES', 'EINVAL'].includes(error.code ?? '')) {
    return new UserError('usage', 'The server cannot listen there.', { where, found: error.message });
  }
  return new EnvironmentError('environment', 'The server cannot listen.', { where, found: error.message });
}
