import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { isLoopback, ownHosts } from '../../src/server/own-hosts.js';

describe('a host', () => {
  test.each(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])('is this machine only: %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  test.each([
    '',
    '0.0.0.0',
    '::',
    '0',
    '127.1',
    '10.0.0.1',
    '127.0.0.1.nip.io',
    'localhost.example',
    'x127.0.0.1',
  ])('is taken for one that others reach: %j', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe('the names of a server', () => {
  test('are those of loopback and where it listens', () => {
    expect([...ownHosts('127.0.0.1', [])].sort()).toEqual(['127.0.0.1', '[::1]', 'localhost']);
    expect(ownHosts('10.0.0.7', []).has('10.0.0.7')).toBe(true);
    expect(ownHosts('fe80::1', []).has('[fe80::1]')).toBe(true);
    expect(ownHosts('127.0.0.1', []).has(hostname().toLowerCase())).toBe(hostname() === 'localhost');
  });

  test.each(['', '0.0.0.0', '::'])('are all of the machine when it listens everywhere: %j', (host) => {
    const names = ownHosts(host, []);
    expect(names.has(hostname().toLowerCase())).toBe(true);
    expect([names.has(''), names.has('0.0.0.0'), names.has('evil.example')]).toEqual([false, false, false]);
  });

  test('are those that were allowed, given with a port or in capitals or not', () => {
    const names = ownHosts('127.0.0.1', ['Burnish.Example', 'proxy:8443', '[fe80::2]:443', 'fe80::3']);
    for (const name of ['burnish.example', 'proxy', '[fe80::2]', '[fe80::3]'])
      expect(names.has(name), name).toBe(true);
  });
});
