import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answerError } from '../support/chat-server.js';
import { burnish, makeFolder } from '../support/cli.js';
import { type LimitedServerOptions, startLimitedServer } from '../support/limited-server.js';
import { makeRows, readLines, setScene } from './scene.js';

const ROWS = 80;

/** Refines against a server that keeps to its limits. */
async function refineWithin(limits: LimitedServerOptions, ...args: readonly string[]) {
  const server = await startLimitedServer(limits);
  onTestFinished(() => server.close());
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'data.json'), JSON.stringify(makeRows(ROWS)));
  const command = ['refine', 'data.json', '--model', 'm', '--base-url', server.url, '--run', 'mine', ...args];
  const ended = await burnish(command, { cwd });
  return { ended, server, attempts: readLines(join(cwd, 'mine/attempts.jsonl')) };
}

describe('with a limit of 1,200 requests a minute at the server, no example is lost', () => {
  test.each<[string, LimitedServerOptions, string[], number]>([
    ['given with --rpm', { retryAfter: 'ms' }, ['--rpm', '1200', '--concurrency', '50'], 2],
    ['told in headers', { tellHeaders: true, retryAfter: 'seconds' }, [], 5],
    ['learned from refusals that say how long to wait', { retryAfter: 'ms' }, ['--concurrency', '50'], 60],
    ['learned from bare refusals', {}, [], 20],
  ])('%s', async (_, limits, args, refused) => {
    const { ended, server, attempts } = await refineWithin({ requestsPerMinute: 1200, ...limits }, ...args);
    expect(ended.status).toBe(0);
    expect(server.accepted).toBe(ROWS);
    expect(attempts).toHaveLength(ROWS + server.refused);
    expect(server.refused).toBeLessThanOrEqual(refused);
  });
});

test('with a limit on tokens, given with --tpm, no example is lost and hardly a request refused', async () => {
  const limits = { tokensPerMinute: 1_500_000, completionTokens: 300, retryAfter: 'ms' } as const;
  const { ended, server } = await refineWithin(limits, '--tpm', '1500000', '--concurrency', '50');
  expect(ended.status).toBe(0);
  expect(server.accepted).toBe(ROWS);
  expect(server.refused).toBeLessThanOrEqual(2);
});

test('a wait beyond --max-wait stops the run with the words of the server; nothing is marked, and it goes on later', async () => {
  let busy = true;
  const scene = await setScene({
    script: () =>
      busy ? answerError(429, 'come back in a minute', { headers: { 'retry-after': '60' } }) : undefined,
  });
  const ended = await scene.refine('--max-wait', '30');
  expect(ended.status).toBe(1);
  expect(ended.stderr).toContain('The server asks to wait for too long');
  expect(ended.stderr).toContain('60 s: come back in a minute');
  expect(ended.stderr).toContain('--max-wait');
  expect(scene.lines('ledger.jsonl').map(({ outcome }) => outcome)).toEqual(Array(6).fill('pending'));
  busy = false;
  expect((await scene.refine()).status).toBe(0);
});
