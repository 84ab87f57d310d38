import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Answer, answerError, answerWithoutEnd } from '../support/chat-server.js';
import { makeRows, type Scene, type Script, setScene } from './scene.js';

/** Whether every example that was not answered is still to be asked, and none is marked as failed. */
async function pendingOf(scene: Scene): Promise<number> {
  const { stdout } = await scene.run('status', '--json');
  const { outcomes, selected } = JSON.parse(stdout);
  expect(outcomes.refined + outcomes.pending).toBe(selected);
  return outcomes.pending;
}

/** Refuses like this until it is mended. */
function setBroken(answer: () => Answer) {
  const state = { broken: true };
  const script: Script = () => (state.broken ? answer() : undefined);
  return { state, script };
}

test.each([
  {
    title: 'a wrong key',
    answer: () => answerError(401, 'Incorrect API key provided', { code: 'invalid_api_key' }),
    says: ['refuses every request', 'HTTP 401', 'OPENAI_API_KEY'],
  },
  {
    title: 'an unknown model',
    answer: () => answerError(404, 'The model does not exist', { code: 'model_not_found' }),
    says: ['refuses every request', 'HTTP 404', '"m"', '--model'],
  },
  {
    title: 'a quota that is gone',
    answer: () => answerError(429, 'You exceeded your current quota', { code: 'insufficient_quota' }),
    says: ['refuses every request', 'HTTP 429', 'balance'],
  },
])(
  '$title stops the run at once; nothing is marked as failed, and it goes on later',
  async ({ answer, says }) => {
    const { state, script } = setBroken(answer);
    const scene = await setScene({ rows: makeRows(40), script, env: { OPENAI_API_KEY: 'a-wrong-key' } });
    const refused = await scene.refine('--concurrency', '4');
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 2, stdout: '' });
    for (const part of says) expect(refused.stderr).toContain(part);
    expect(scene.asked().length).toBeLessThanOrEqual(4);
    expect(await pendingOf(scene)).toBe(40);

    state.broken = false;
    scene.forget();
    const mended = await scene.refine('--concurrency', '4');
    expect(mended.status).toBe(0);
    expect(scene.asked()).toHaveLength(40);
    expect(await pendingOf(scene)).toBe(0);
  },
);

test('a refusal after many answers loses none of them', async () => {
  const scene = await setScene({
    rows: makeRows(30),
    script: (_, { number }) => (number === 20 ? answerError(401, 'key revoked') : undefined),
  });
  const refused = await scene.refine('--concurrency', '3');
  expect(refused.status).toBe(2);
  const answered = scene.lines('attempts.jsonl').filter(({ reply }) => reply !== null).length;
  expect(answered).toBeGreaterThanOrEqual(20);
  const outcomes = scene.lines('ledger.jsonl').map(({ outcome }) => outcome);
  expect(outcomes).toHaveLength(30);
  expect(outcomes.filter((outcome) => outcome === 'refined')).toHaveLength(answered);
  expect(refused.stderr).toMatch(
    new RegExp(`^${answered + 1} requests \\(1 without a reply\\), .* tokens in`, 'm'),
  );
  scene.forget();
  expect((await scene.refine('--concurrency', '3')).status).toBe(0);
  expect(scene.asked()).toHaveLength(30 - answered);
});

test('an example that the server refuses is an outcome in the words of the server, and the others go on', async () => {
  const scene = await setScene({
    script: (instruction) =>
      instruction === 'Task 4' ? answerError(400, 'this text is not to my taste') : undefined,
  });
  const { status } = await scene.refine();
  expect(status).toBe(0);
  const [entry] = scene.lines('ledger.jsonl').filter(({ outcome }) => outcome !== 'refined');
  expect(entry).toMatchObject({ id: '4', outcome: 'kept', verdict: 'fail' });
  expect(entry?.reason).toContain('this text is not to my taste');
  expect(scene.asked().filter((instruction) => instruction === 'Task 4')).toHaveLength(1);
});

test('a passing fault is sent again after the wait that the server asks for, and leaves no trace in the result', async () => {
  const seen = new Set<string>();
  const scene = await setScene({
    script: (instruction) => {
      if (seen.has(instruction)) return undefined;
      seen.add(instruction);
      return answerError(503, 'warming up', { headers: { 'retry-after-ms': '1' } });
    },
  });
  const { status, stderr } = await scene.refine('-o', join(scene.folder, 'out.json'));
  expect(status).toBe(0);
  expect(scene.asked()).toHaveLength(12);
  expect(stderr).toContain('12 requests (6 without a reply)');
  expect(await pendingOf(scene)).toBe(0);
});

test('a parameter that the model does not know is left out from then on, in the next call too', async () => {
  const scene = await setScene({
    script: (_, { number }) => {
      const { temperature } = scene.server.requests[number]?.body ?? {};
      return temperature === undefined
        ? undefined
        : answerError(400, "Unsupported parameter: 'temperature' is not supported with this model", {
            code: 'unsupported_parameter',
            param: 'temperature',
          });
    },
  });
  expect((await scene.refine('--limit', '3', '--concurrency', '1')).status).toBe(3);
  expect(scene.asked()).toHaveLength(4);
  scene.forget();
  expect((await scene.refine('--concurrency', '1')).status).toBe(0);
  expect(scene.asked()).toHaveLength(3);
});

test('bad requests and nothing else stop the run early; the refused and the rest can be asked when it is mended', async () => {
  const { state, script } = setBroken(() => answerError(400, 'this text is not to my taste'));
  const scene = await setScene({ rows: makeRows(20), script });
  const refused = await scene.refine('--concurrency', '2', '--json');
  expect(refused.status).toBe(2);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'model_refused' } });
  expect(refused.stderr).toContain('not to my taste');
  const sent = scene.asked().length;
  expect(sent).toBeGreaterThanOrEqual(5);
  expect(sent).toBeLessThanOrEqual(6);
  const outcomes = scene.lines('ledger.jsonl').map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'pending')).toHaveLength(20 - sent);

  state.broken = false;
  const [, proposed = ''] = /`burnish (retry --ids \S+)`/.exec(refused.stderr) ?? [];
  expect((await scene.run(...proposed.split(' '))).status).toBe(3);
  expect((await scene.refine()).status).toBe(0);
  expect(scene.asked()).toHaveLength(sent + 20);
  expect(await pendingOf(scene)).toBe(0);
});

test('bad requests after an answer are the faults of their examples', async () => {
  const scene = await setScene({
    rows: makeRows(9),
    script: (_, { number }) => (number === 0 ? undefined : answerError(400, 'not to my taste')),
  });
  expect((await scene.refine('--concurrency', '1')).status).toBe(0);
  expect(scene.asked()).toHaveLength(9);
});

test.each([429, 503])(
  'a server that asks with HTTP %i to wait for weeks is not waited for: the run stops',
  async (status) => {
    const headers = { 'retry-after': '3000000' };
    const scene = await setScene({ script: () => answerError(status, 'come back later', { headers }) });
    const ended = await scene.refine('--concurrency', '3', '--json');
    expect(ended.status).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: 'rate_limit' } });
    expect(ended.stderr).not.toContain('Warning');
    const attempts = scene.lines('attempts.jsonl');
    expect(ended.stderr).toContain(`${attempts.length} requests (${attempts.length} without a reply)`);
    expect(new Set(attempts.map(({ example }) => example)).size).toBe(attempts.length);
    expect(scene.lines('ledger.jsonl').map(({ outcome }) => outcome)).toEqual(Array(6).fill('pending'));
  },
);

test('a wait longer than is waited for leaves an example pending, and it can be asked later', async () => {
  const { state, script } = setBroken(() =>
    answerError(429, 'slow down', { headers: { 'retry-after': '7200' } }),
  );
  const scene = await setScene({
    rows: makeRows(3),
    script: (instruction, request) => (instruction === 'Task 1' ? script(instruction, request) : undefined),
  });
  expect((await scene.refine('--concurrency', '1')).status).toBe(1);
  expect(await pendingOf(scene)).toBeGreaterThan(0);
  state.broken = false;
  expect((await scene.refine()).status).toBe(0);
  expect(scene.asked()).toHaveLength(4);
});

test('an answer without end is cut off and an outcome; it is not asked for again', async () => {
  const scene = await setScene({
    rows: makeRows(2),
    script: (instruction) => (instruction === 'Task 1' ? answerWithoutEnd() : undefined),
  });
  expect((await scene.refine()).status).toBe(0);
  expect(scene.asked()).toHaveLength(2);
  const [, entry] = scene.lines('ledger.jsonl');
  expect(entry).toMatchObject({ id: '1', outcome: 'kept', verdict: 'fail' });
  expect(entry?.reason).toContain('too_large: the answer is longer than 32 MiB');
});
