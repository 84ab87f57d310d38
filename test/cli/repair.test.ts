import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Answer, answerCompletion, answerError } from '../support/chat-server.js';
import { makeRows, namesFindings, refinedText, reply, type Scene, type Script, setScene } from './scene.js';

const CRITIQUE = 'The answer is vague. More detail would help.';
const good = (instruction: string): Answer => answerCompletion(reply(refinedText(instruction)));
const bad = (): Answer => answerCompletion(CRITIQUE);

/** Of six examples these fail at first; `script` answers what is asked again. */
const failing =
  (instructions: readonly string[], script: Script = good): Script =>
  (instruction, request) => {
    if (!instructions.includes(instruction)) return undefined;
    return namesFindings(request.message) ? script(instruction, request) : bad();
  };

const attemptsOf = (scene: Scene, example: string) =>
  scene.lines('attempts.jsonl').filter((attempt) => attempt.example === example);
const outcomesOf = (scene: Scene) => scene.lines('ledger.jsonl').map(({ outcome }) => outcome);
const repairsIn = (scene: Scene) =>
  scene.lines('attempts.jsonl').filter(({ purpose }) => purpose === 'repair');
const statusOf = async (scene: Scene) => JSON.parse((await scene.run('status', '--json')).stdout);
const temperaturesOf = (scene: Scene) => scene.server.requests.map(({ body }) => body.temperature);

/** `burnish refine` with nothing said about repairs. */
const refineAsIs = (scene: Scene, ...args: readonly string[]) =>
  scene.run('refine', 'data.json', '--model', 'm', '--base-url', scene.server.url, ...args);

describe('a reply that fails', () => {
  test('is asked for once more without being told to, with its findings named', async () => {
    const scene = await setScene({ script: failing(['Task 2', 'Task 3']) });
    const { status, stderr } = await refineAsIs(scene, '-o', 'out.json');
    expect(status).toBe(0);
    expect(outcomesOf(scene)).toEqual(Array(6).fill('refined'));
    expect(JSON.parse(scene.read('out.json'))[2].output).toBe(refinedText('Task 2'));
    expect(scene.asked().sort().slice(2, 6)).toEqual(['Task 2', 'Task 2', 'Task 3', 'Task 3']);

    const asked = scene.server.requests.map(({ body }) => body.messages?.at(-1)?.content ?? '');
    const [repair = ''] = asked.filter(namesFindings);
    expect(repair).toContain(`<attempt>\n${CRITIQUE}\n</attempt>`);
    expect(repair).toContain('\n- The reply has no [Better Answer] marker.\n');
    expect(repair).toContain('<response>\nA wall of');
    // The examples with an input are asked with it.
    expect(asked.filter(namesFindings).filter((text) => text.includes('<input>\nInput 3\n'))).toHaveLength(1);

    expect(stderr).toContain('repairing: 2 examples');
    expect(stderr).toContain('repairs:      2 examples asked again, 2 pass now');
    expect(stderr).toMatch(/^8\/8 /m);
  });

  test('keeps all its attempts, and the best of them counts', async () => {
    const scene = await setScene({
      script: failing(['Task 2', 'Task 4'], (task) => (task === 'Task 2' ? good(task) : bad())),
    });
    expect((await refineAsIs(scene)).status).toBe(0);
    expect(attemptsOf(scene, '2')).toMatchObject([
      { attempt: 1, purpose: 'first' },
      { attempt: 2, purpose: 'repair' },
    ]);
    expect(scene.lines('ledger.jsonl').slice(2, 5)).toMatchObject([
      { outcome: 'refined', attempt: 2, purpose: 'repair', repairs: 1 },
      { outcome: 'refined', attempt: 1, purpose: 'first', repairs: 0 },
      { outcome: 'kept', repairs: 1, reason: expect.stringContaining('no_answer: ') },
    ]);
    const { stdout } = await scene.run('status');
    expect(stdout).toContain('--repair 1');
    expect(stdout).toContain('repairs:   2 examples asked again, 1 passes now');
    expect(stdout).toMatch(/^ +repair +2 /m);
    expect(await statusOf(scene)).toMatchObject({
      repairs: { examples: 2, repaired: 1, due: 0 },
      spending: { byPurpose: { repair: { sent: 2 } } },
    });
  });

  test('is asked for again as often as --repair says, from the second time on at a higher temperature', async () => {
    const scene = await setScene({ rows: makeRows(1), script: () => bad() });
    expect((await scene.refine('--repair', '3')).status).toBe(0);
    expect(temperaturesOf(scene)).toEqual([0, 0, 0.7, 0.7]);
    const messages = scene.server.requests.map(({ body }) => body.messages?.at(-1)?.content ?? '');
    expect(messages.map(namesFindings)).toEqual([false, true, false, false]);
    expect(messages[2]).toBe(messages[0]);
    // What was tried often enough is left, and tried again when it may be tried more often.
    expect((await scene.refine('--repair', '3')).status).toBe(0);
    expect(scene.asked()).toHaveLength(4);
    expect((await scene.refine('--repair', '4')).status).toBe(0);
    expect(scene.asked()).toHaveLength(5);
  });

  test('is not asked for again with --repair 0, which is kept until another number is given', async () => {
    const scene = await setScene({ script: failing(['Task 2']) });
    const { stderr } = await scene.refine('--repair', '0');
    expect(stderr).not.toContain('repair');
    const go = (...args: string[]) => scene.run('refine', '--run', scene.runFolder(), ...args);
    expect((await go()).status).toBe(0);
    expect(scene.asked()).toHaveLength(6);
    expect((await go('--repair', '1')).stderr).toContain('repairing: 1 example');
    expect(outcomesOf(scene)).toEqual(Array(6).fill('refined'));
  });

  test('is left alone when a person has decided, or the server has refused it for good', async () => {
    const scene = await setScene({
      script: failing(['Task 1', 'Task 2', 'Task 3'], (task) =>
        task === 'Task 3' ? answerError(400, 'no') : good(task),
      ),
    });
    await scene.refine();
    await scene.run('decide', '--ids', '1', '--reject');
    expect((await scene.refine('--repair', '1')).status).toBe(0);
    expect(repairsIn(scene)).toMatchObject([{ example: '2' }, { example: '3', error: { kind: 'example' } }]);
    expect((await scene.refine('--repair', '1')).status).toBe(0);
    expect(repairsIn(scene)).toHaveLength(2);
    const refused = await setScene({
      script: (task) => (task === 'Task 4' ? answerError(400, 'no') : undefined),
    });
    expect((await refineAsIs(refused)).status).toBe(0);
    expect(refused.asked()).toHaveLength(6);
  });
});

describe('a flagged reply', () => {
  const unchanged: Script = (instruction, { message }) =>
    instruction === 'Task 2' && !namesFindings(message)
      ? answerCompletion(reply(String(makeRows(6)[2]?.output)))
      : undefined;

  test.each([['keep'], ['use'], ['drop'], ['block']])(
    'is repaired with --repair-flagged only, whatever --on-flag says: %s',
    async (policy) => {
      const scene = await setScene({ script: unchanged });
      const { status } = await refineAsIs(scene, '--on-flag', policy);
      expect(status).toBe(policy === 'block' ? 3 : 0);
      expect(scene.asked()).toHaveLength(6);
      expect((await refineAsIs(scene, '--repair-flagged')).status).toBe(0);
      expect(repairsIn(scene)).toMatchObject([{ example: '2' }]);
      expect(outcomesOf(scene)).toEqual(Array(6).fill('refined'));
      expect((await scene.run('status')).stdout).toContain('--repair 1 --repair-flagged');
      expect((await refineAsIs(scene, '--no-repair-flagged')).status).toBe(0);
      expect((await scene.run('status')).stdout).not.toContain('--repair-flagged');
    },
  );
});

test('a pilot repairs only what was answered', async () => {
  const scene = await setScene({ script: failing(['Task 0', 'Task 1', 'Task 2', 'Task 3']) });
  expect((await refineAsIs(scene, '--limit', '2')).status).toBe(3);
  expect(scene.asked().sort()).toEqual(['Task 0', 'Task 0', 'Task 1', 'Task 1']);
  expect((await refineAsIs(scene)).status).toBe(0);
  expect(outcomesOf(scene)).toEqual(Array(6).fill('refined'));
});

test('a pilot of a run in which more failed repairs no more of them than it may ask', async () => {
  const scene = await setScene({ script: failing(['Task 0', 'Task 1', 'Task 2', 'Task 3']) });
  expect((await refineAsIs(scene, '--repair', '0')).status).toBe(0);
  const pilot = ['--repair', '1', '--limit', '3'];
  const planned = JSON.parse((await refineAsIs(scene, ...pilot, '--dry-run', '--json')).stdout);
  expect(planned.plan).toMatchObject({ repairs: { due: { examples: 3 } } });
  expect((await refineAsIs(scene, ...pilot)).status).toBe(0);
  expect(repairsIn(scene)).toHaveLength(3);
  expect((await statusOf(scene)).repairs).toEqual({ examples: 3, repaired: 3, due: 1 });
  expect((await refineAsIs(scene, ...pilot)).status).toBe(0);
  expect(outcomesOf(scene)).toEqual(Array(6).fill('refined'));
});

describe('the prompt of a repair', () => {
  test('is saved in the run by its hash, and named in the attempt', async () => {
    const scene = await setScene({ script: failing(['Task 2']) });
    await refineAsIs(scene);
    const [{ prompt } = {}] = repairsIn(scene);
    const names = readdirSync(join(scene.runFolder(), 'prompts'));
    expect(names).toHaveLength(2);
    expect(names).toContain(`${prompt}.md`);
    expect(readFileSync(join(scene.runFolder(), `prompts/${prompt}.md`), 'utf8')).toContain('kind: repair');
  });

  test('is not in a run that had nothing to repair', async () => {
    const scene = await setScene();
    await refineAsIs(scene);
    expect(readdirSync(join(scene.runFolder(), 'prompts'))).toHaveLength(1);
  });
});

describe('repairs that are still due', () => {
  /** A run in which 1, 2 and 3 failed; what comes of their repairs is `answers`, the last one for all others. */
  async function failedRun(...answers: readonly Script[]): Promise<Scene> {
    let repairs = 0;
    const script: Script = (instruction, request) =>
      answers[Math.min(repairs++, answers.length - 1)]?.(instruction, request);
    const scene = await setScene({ script: failing(['Task 1', 'Task 2', 'Task 3'], script) });
    expect((await scene.refine()).status).toBe(0);
    scene.forget();
    return scene;
  }
  const ONE_BY_ONE = ['--concurrency', '1', '--repair', '1'];

  test('are made by the next call when the process was killed', async () => {
    const scene = await failedRun(good, () => () => {}, good);
    const running = scene.startRefine(...ONE_BY_ONE);
    while (scene.asked().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    running.kill('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    expect(repairsIn(scene)).toHaveLength(1);
    expect((await statusOf(scene)).repairs).toEqual({ examples: 1, repaired: 1, due: 2 });

    expect((await scene.refine('--repair', '1')).status).toBe(0);
    // The one that was lost with the process is asked again, the one that was answered is not.
    expect(scene.asked()).toEqual(['Task 1', 'Task 2', 'Task 2', 'Task 3']);
    expect(outcomesOf(scene)).toEqual(Array(6).fill('refined'));
  });

  test('make an interrupted call end with 130, and the next one makes them', async () => {
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const scene = await failedRun(async (instruction) => {
      await gate;
      return good(instruction);
    });
    const running = scene.startRefine('-o', 'out.json', ...ONE_BY_ONE);
    await running.says('repairing: 3 examples');
    while (scene.asked().length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
    running.kill('SIGINT');
    await running.says('Stopping');
    letGo();
    const { status, stderr } = await running.ended;
    expect(status).toBe(130);
    expect(stderr).toContain('2 still to be repaired');
    expect(stderr).toContain('go on with:   burnish refine --run');
    // Nothing is pending, so there is a training set as well.
    expect(JSON.parse(scene.read('out.json'))).toHaveLength(6);

    expect((await scene.refine('--repair', '1')).status).toBe(0);
    expect(scene.asked()).toEqual(['Task 1', 'Task 2', 'Task 3']);
    expect(outcomesOf(scene)).toEqual(Array(6).fill('refined'));
  });

  test('are not taken for made when nobody was answered', async () => {
    let isDown = true;
    const scene = await failedRun((instruction) =>
      isDown ? answerError(503, 'down', { headers: { 'retry-after': '7200' } }) : good(instruction),
    );
    expect((await scene.refine('--repair', '1')).status).toBe(1);
    expect((await statusOf(scene)).repairs).toEqual({ examples: 0, repaired: 0, due: 3 });
    expect(outcomesOf(scene).filter((outcome) => outcome === 'kept')).toHaveLength(3);
    isDown = false;
    expect((await scene.refine('--repair', '1')).status).toBe(0);
    expect(outcomesOf(scene)).toEqual(Array(6).fill('refined'));
  });

  test('are refused together when the key is: nothing is taken for made', async () => {
    const scene = await failedRun(() => answerError(401, 'key revoked'));
    const { status, stderr } = await scene.refine('--repair', '1');
    expect(status).toBe(2);
    expect(stderr).toContain('key revoked');
    expect((await statusOf(scene)).repairs.due).toBe(3);
  });
});

describe('a budget', () => {
  const USAGE = { prompt_tokens: 900, completion_tokens: 100, total_tokens: 1000 };
  const metered: Script = (instruction, { message }) =>
    answerCompletion(namesFindings(message) ? reply(refinedText(instruction)) : CRITIQUE, { usage: USAGE });

  test('that ends in a repair stops with 4, and a larger one goes on', async () => {
    const scene = await setScene({ rows: makeRows(4), script: metered });
    const sampling = ['--max-tokens', '500', '--repair', '1', '--budget-tokens'];
    const { status, stderr } = await scene.refine(...sampling, '10000');
    expect(status).toBe(4);
    expect(stderr).toContain('stopped at the budget');
    const repairs = repairsIn(scene).length;
    expect(scene.asked().length * 1000).toBeLessThanOrEqual(10_000);
    expect(repairs).toBeGreaterThan(0);
    expect(repairs).toBeLessThan(4);
    expect((await scene.refine(...sampling, '100000')).status).toBe(0);
    expect(outcomesOf(scene)).toEqual(Array(4).fill('refined'));
    expect(scene.asked()).toHaveLength(8);
  });

  test('or a yes is needed for repairs that are expected to cost more than a dollar', async () => {
    const scene = await setScene({ rows: makeRows(4), script: metered });
    const prices = ['--price-in', '500', '--price-out', '500'];
    await scene.refine(...prices, '--yes');
    const refused = await scene.refine(...prices, '--repair', '1');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/expected to cost about \$\d+\.\d\d, and nobody can be asked/);
    expect(repairsIn(scene)).toEqual([]);
    expect((await scene.refine(...prices, '--repair', '1', '--yes')).status).toBe(0);
    expect(repairsIn(scene)).toHaveLength(4);
  });
});

describe('--dry-run', () => {
  test('tells how often replies may be repaired, and what repairs that are due will cost', async () => {
    const scene = await setScene({ script: failing(['Task 1', 'Task 2']) });
    const prices = ['--price-in', '1', '--price-out', '1', '--dry-run'];
    const plan = await scene.refine(...prices, '--repair', '2');
    expect(plan.stdout).toContain('repairs:   on top, up to 2 requests for each reply that fails its checks');
    expect((await scene.refine(...prices)).stdout).not.toContain('repairs');

    await scene.refine('--limit', '4');
    const due = await scene.refine(...prices, '--repair', '1');
    expect(due.stdout).toMatch(/^repairs: +2 due, on top: about \S+ tokens in, \S+ out, \$0\.00\d+$/m);
    const { plan: data } = JSON.parse((await scene.refine(...prices, '--repair', '1', '--json')).stdout);
    expect(data).toMatchObject({ examples: 2, settled: 4, repairs: { due: { examples: 2 }, most: 1 } });
    expect(scene.asked()).toHaveLength(4);
    expect(readdirSync(join(scene.runFolder(), 'prompts'))).toHaveLength(1);
  });
});
