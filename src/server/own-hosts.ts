import { hostname, networkInterfaces } from 'node:os';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const ALL_ADDRESSES = ['', '0.0.0.0', '::', '[::]'];

/** Whether nobody but this machine reaches a server that listens there. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(inBrackets(host)) || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * The names by which requests may call a server, without ports. A page of another site whose name was made to point here
 * calls it by that name, and is refused.
 *
 * @param host where it listens
 * @param allowed names given by the user, of a proxy say
 */
export function ownHosts(host: string, allowed: readonly string[]): ReadonlySet<string> {
  const everywhere = ALL_ADDRESSES.includes(host);
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const named = everywhere ? [hostname(), ...addresses.map(({ address }) => address)] : [host];
  const proxies = allowed.map((name) => name.replace(/^([^:]+|\[.*\]):\d+$/, '$1'));
  return new Set([...LOOPBACK, ...named, ...proxies].map((name) => inBrackets(name).toLowerCase()));
}

/** IPv6 addresses stand in brackets where a port may follow. */
export function inBrackets(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
