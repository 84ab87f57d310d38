import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRows, readLines } from '../cli/scene.js';
import { answerCompletion } from '../support/chat-server.js';
import { judgeAnswer } from '../support/judge-words.js';
import { ownChecks } from '../support/own-checks.js';
import {
  attemptedIn,
  BODY,
  idle,
  RETRY,
  setCallsScene,
  someIds,
  startAndFinish,
  waysTo,
} from './calls-scene.js';

describe('what was not named when the server was started is not asked, loaded or sent to', () => {
  test.each([
    ['a model', { model: 'other' }, 'one of m'],
    ['a prompt', { prompt: 'other' }, 'one of introspect'],
  ])('%s, in a start and a retry', async (_, named, expected) => {
    const scene = await setCallsScene();
    const calls = await scene.openCalls();
    const refusal = { code: 'usage', facts: { expected, found: '"other"' } };
    await expect(calls.start({ ...BODY, ...named })).rejects.toMatchObject(refusal);
    expect(existsSync(scene.runsFolder)).toBe(false);
    const dir = await startAndFinish(scene);
    scene.forget();
    await expect(calls.retry(dir, ['1'], { ...RETRY, ...named })).rejects.toMatchObject(refusal);
    expect(scene.asked()).toEqual([]);
  });

  test('anything, where no model was named', async () => {
    const scene = await setCallsScene();
    const calls = await scene.openCalls({ models: [] });
    await expect(calls.start(BODY)).rejects.toMatchObject({ code: 'usage' });
  });

  test('two selections at once', async () => {
    const calls = await (await setCallsScene()).openCalls();
    await expect(calls.start({ ...BODY, top: 2, all: true })).rejects.toMatchObject({ code: 'usage' });
  });

  test('a dataset that is none of the server', async () => {
    const calls = await (await setCallsScene()).openCalls();
    await expect(calls.start({ ...BODY, dataset: '../data.json' })).rejects.toMatchObject({ code: 'usage' });
  });

  test.each([
    ["the run's own model", { models: ['another'] }, 'one of another'],
    ["the run's address", { baseUrl: 'http://127.0.0.1:9/v1' }, 'http://127.0.0.1:9/v1'],
    [
      "the run's address, where the provider's own is meant",
      { baseUrl: undefined },
      "the provider's own address",
    ],
  ])('%s', async (_, choices, expected) => {
    const scene = await setCallsScene({ env: { OPENAI_API_KEY: 'sk-1' } });
    const dir = await startAndFinish(scene, { limit: 2 });
    const calls = await scene.openCalls(choices);
    scene.forget();
    for (const call of [...waysTo(calls, dir).slice(0, 2), () => calls.retry(dir, ['5'], { dryRun: true })]) {
      await expect(call()).rejects.toMatchObject({ code: 'usage', facts: { expected } });
    }
    expect(scene.asked()).toEqual([]);
    expect(calls.state(dir)).toEqual({ call: 'idle', progress: null, failure: null });
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  test("the run's judge, which is asked once it is named", async () => {
    const scene = await setCallsScene({
      rows: makeRows(3),
      script: (_, { message }) =>
        message.includes('<text_a>') ? answerCompletion(judgeAnswer({}, 'original-first')) : undefined,
    });
    const dir = await startAndFinish(scene, { limit: 1 });
    const path = join(dir, 'run.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    manifest.settings.judge = 'judge';
    writeFileSync(path, JSON.stringify(manifest));
    const refused = { code: 'usage', facts: { where: 'judge', found: '"judge"' } };
    const calls = await scene.openCalls();
    await expect(calls.resume(dir, {})).rejects.toMatchObject(refused);
    await expect(calls.start(BODY)).rejects.toMatchObject(refused);
    const more = await scene.openCalls({ models: ['m', 'judge'] });
    await more.resume(dir, {});
    await idle(more, dir);
    expect(more.state(dir).failure).toBeNull();
    const purposes = readLines(join(dir, 'attempts.jsonl')).map(
      ({ purpose, model }) => `${purpose} ${model}`,
    );
    expect(purposes.sort()).toEqual([...Array(3).fill('first m'), ...Array(3).fill('judge judge')]);
  });

  test('a module with checks that nobody has named on this machine', async () => {
    const scene = await setCallsScene();
    const dir = await startAndFinish(scene, { limit: 2 });
    const module = join(scene.folder, 'own.mjs');
    writeFileSync(module, `globalThis.ranUnasked = true;\n${ownChecks()}`);
    const path = join(dir, 'run.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    manifest.settings.checks = { path: module, sha256: '0'.repeat(64) };
    writeFileSync(path, JSON.stringify(manifest));
    const calls = await scene.openCalls();
    for (const call of waysTo(calls, dir))
      await expect(call()).rejects.toMatchObject({ code: 'config', facts: { where: module } });
    expect(globalThis).not.toHaveProperty('ranUnasked');
    const named = await scene.openCalls({ checks: module });
    await named.start(BODY);
    await idle(named, dir);
    expect(attemptedIn(dir)).toEqual(someIds(6));
  });
});
