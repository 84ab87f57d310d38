import { expect, test } from 'vitest';
import { answerCompletion, answerError } from '../support/chat-server.js';
import { makeRows, refinedText, reply, type Scene, setScene } from './scene.js';

/** A server that answers its first requests, and holds back the others until it is told. */
async function holdBack(answeredAtOnce: number): Promise<{
  scene: Scene;
  /** Resolves when so many requests have come in. */
  received(count: number): Promise<void>;
  letGo(): void;
}> {
  let letGo = (): void => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let count = 0;
  const waiting: { count: number; resolve: () => void }[] = [];
  const scene = await setScene({
    rows: makeRows(40),
    script: async (instruction) => {
      count++;
      for (const one of waiting) if (count >= one.count) one.resolve();
      if (count > answeredAtOnce) await gate;
      return answerCompletion(reply(refinedText(instruction)));
    },
  });
  return {
    scene,
    received: (wanted) =>
      new Promise((resolve) => {
        if (count >= wanted) resolve();
        waiting.push({ count: wanted, resolve });
      }),
    letGo,
  };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s once: what is under way is finished, nothing new is sent, exit status 130, and the run goes on later',
  async (signal) => {
    const { scene, received, letGo } = await holdBack(6);
    const running = scene.startRefine('--concurrency', '4');
    await received(10);
    running.kill(signal);
    await running.says('Stopping: waiting for the answers under way.');
    letGo();
    const { status, stdout, stderr } = await running.ended;
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    expect(stderr).toContain('go on with:');
    expect(scene.asked()).toHaveLength(10);
    expect(scene.lines('attempts.jsonl')).toHaveLength(10);

    const rest = await scene.refine();
    expect(rest.status).toBe(0);
    expect(scene.asked()).toHaveLength(40);
    expect(new Set(scene.asked()).size).toBe(40);
  },
);

test('SIGINT twice gives up what is under way, and only that is asked again', async () => {
  const { scene, received, letGo } = await holdBack(6);
  const running = scene.startRefine('--concurrency', '4');
  await received(10);
  running.kill('SIGINT');
  await running.says('Stopping');
  running.kill('SIGINT');
  const { status, stderr } = await running.ended;
  expect(status).toBe(130);
  expect(stderr).toContain('10 requests (4 without a reply)');
  expect(stderr).toContain('maybe also charged: 4 requests');
  const attempts = scene.lines('attempts.jsonl');
  const givenUp = attempts.filter(({ reply }) => reply === null);
  expect(attempts).toHaveLength(10);
  expect(givenUp).toHaveLength(4);
  for (const { error } of givenUp) expect(error).toMatchObject({ kind: 'transport', code: 'given_up' });
  expect(scene.lines('ledger.jsonl').filter(({ outcome }) => outcome === 'pending')).toHaveLength(34);

  letGo();
  expect((await scene.refine()).status).toBe(0);
  expect(scene.asked()).toHaveLength(44);
});

test('while one process sends, a second one is refused, and people can decide all the same', async () => {
  const { scene, received, letGo } = await holdBack(6);
  const running = scene.startRefine('--concurrency', '1');
  await received(7);
  const answered = String(scene.lines('attempts.jsonl')[0]?.example);

  for (const second of [await scene.refine(), await scene.run('retry', '--ids', answered)]) {
    expect({ status: second.status, stdout: second.stdout }).toEqual({ status: 2, stdout: '' });
    expect(second.stderr).toContain('Another process is sending requests');
    expect(second.stderr).toContain(String(running.pid));
  }
  const decision = await scene.run('decide', '--ids', answered, '--reject', '--json');
  expect(decision.status).toBe(0);
  expect(JSON.parse(decision.stdout).examples).toMatchObject([{ id: answered, outcome: 'kept' }]);
  expect((await scene.run('status')).status).toBe(3);

  letGo();
  expect((await running.ended).status).toBe(0);
  expect(scene.asked()).toHaveLength(40);
  const entry = scene.lines('ledger.jsonl').find(({ id }) => id === answered);
  expect(entry).toMatchObject({ decision: 'reject', outcome: 'kept' });
});

test('the lock of a process that was killed holds nobody up', async () => {
  const { scene, received, letGo } = await holdBack(6);
  const running = scene.startRefine('--concurrency', '4');
  await received(10);
  running.kill('SIGKILL');
  expect((await running.ended).signal).toBe('SIGKILL');
  letGo();
  expect((await scene.refine()).status).toBe(0);
  expect(scene.asked()).toHaveLength(44);
});

test('a reader of stderr that goes away ends no run: every reply is saved, and the training set written', async () => {
  let letGo = (): void => {};
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const scene = await setScene({
    // The wait before the second sending is told on stderr at once, where nobody reads any more.
    script: async (_, { number }) => {
      if (number > 0) return undefined;
      await gone;
      return answerError(503, 'busy');
    },
  });
  const running = scene.startRefine('--concurrency', '1', '-o', 'out.json');
  await running.says('asking:');
  running.closeStderr();
  letGo();
  expect(await running.ended).toMatchObject({ status: 0, signal: null, stdout: '' });
  expect(scene.lines('attempts.jsonl')).toHaveLength(7);
  expect(JSON.parse(scene.read('out.json')).map(({ output }: { output: string }) => output)).toEqual(
    makeRows(6).map(({ instruction }) => refinedText(String(instruction))),
  );
});
