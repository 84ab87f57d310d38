import { describe, expect, onTestFinished, test } from 'vitest';
import type { Example } from '../../../src/dataset/example.js';
import { EnvironmentError, UserError } from '../../../src/errors.js';
import { BudgetSpent } from '../../../src/pace/budget.js';
import { commitmentOf } from '../../../src/run/commitment.js';
import { type OwnedRun, ownRun } from '../../../src/run/own-run.js';
import { readRun } from '../../../src/run/read-run.js';
import { type NextRound, refinementTask, type Task } from '../../../src/run/task.js';
import type { BatchScript } from '../../support/batch-script.js';
import { attemptOf, FIRST, temporaryFolder } from '../../support/run-parts.js';
import { type BatchScene, goodReply, numberIn, setBatchScene } from './batch-scene.js';

const folder = temporaryFolder();

async function scene(count: number, script: BatchScript = {}): Promise<BatchScene> {
  const made = await setBatchScene(folder, count, script);
  onTestFinished(() => made.server.close());
  return made;
}

/** That the server has worked on each example once, and nothing else. */
function expectOnceEach({ server }: BatchScene, count: number): void {
  const { byMessage, byCustomId } = server.counts;
  expect(Object.values(byMessage)).toEqual(Array(count).fill(1));
  expect(Object.values(byCustomId).every((times) => times === 1)).toBe(true);
}

const kindsOf = (batches: readonly { end: { kind: string } | null }[]) => batches.map(({ end }) => end?.kind);

describe('asking in batches', () => {
  test('asks about each example once, and saves what came as attempts', async () => {
    const it = await scene(7);
    const { end, outcomes, attempts, batches } = await it.call();
    expect(end).toBeNull();
    expect(outcomes).toEqual(Array(7).fill('refined'));
    expectOnceEach(it, 7);
    expect(it.server.counts.batches).toBe(1);
    expect(kindsOf(batches)).toEqual(['collected']);
    expect(attempts.map(({ batch }) => batch)).toEqual(Array(7).fill(batches[0]?.intent.batch));
    expect(attempts[0]).toMatchObject({
      attempt: 1,
      resend: 0,
      purpose: 'first',
      usage: { promptTokens: 11 },
    });
  });

  test('costs half of what single requests cost', async () => {
    const it = await scene(1);
    const { attempts } = await it.call();
    const { promptTokens = 0, completionTokens = 0 } = attempts[0]?.usage ?? {};
    expect(attempts[0]?.costUsd).toBeCloseTo((promptTokens * 1000 + completionTokens * 2000) / 2 / 1e6);
  });

  test('nothing that is in the file is lost when ids are long or strange', async () => {
    const it = await scene(1);
    const text = it.server.file('file-1');
    expect(text).toBeUndefined();
    await it.call();
    const line = JSON.parse(it.server.file('file-1') ?? '');
    expect(line.custom_id).toMatch(/^[\w-]{1,64}$/);
  });

  test('splits by the number of requests and by bytes', async () => {
    const it = await scene(7);
    const limits = { requests: 3, bytes: 1_000_000, promptTokens: null };
    expect((await it.call({ limits })).outcomes).toEqual(Array(7).fill('refined'));
    expect(it.server.counts.batches).toBe(3);
    expectOnceEach(it, 7);
    const bytes = Buffer.byteLength(it.server.file('file-1') ?? '') / 3;
    const other = await scene(6);
    await other.call({ limits: { requests: 100, bytes: Math.ceil(bytes * 2), promptTokens: null } });
    expect(other.server.counts.batches).toBe(3);
  });

  test('never has more prompt tokens waiting than allowed', async () => {
    const it = await scene(7, { fates: [{ polls: 3 }, { polls: 2 }] });
    const waiting: number[] = [];
    const { outcomes } = await it.call({
      limits: { requests: 100, bytes: 1_000_000, promptTokens: 250 },
      onEvent: () => {
        const living = it.server.batches.filter(({ status }) => !/completed/.test(status));
        waiting.push(living.length);
      },
    });
    expect(outcomes).toEqual(Array(7).fill('refined'));
    expect(Math.max(...waiting)).toBe(1);
    expect(it.server.counts.batches).toBe(4);
    expectOnceEach(it, 7);
  });

  test('a limit holds for all rounds together, and the next call asks the rest', async () => {
    const it = await scene(5, { fates: [{ refuse: { 0: 500 } }] });
    const first = await it.call({ limit: 2 });
    expect(first.outcomes).toEqual(['refined', 'refined', 'pending', 'pending', 'pending']);
    expect((await it.call()).outcomes).toEqual(Array(5).fill('refined'));
    expectOnceEach(it, 5);
  });

  test('a request that no batch can hold is an outcome', async () => {
    const it = await scene(2);
    const { end, outcomes } = await it.call({ limits: { requests: 9, bytes: 10, promptTokens: null } });
    expect(end).toBeNull();
    expect(outcomes).toEqual(Array(2).fill(expect.stringMatching(/^kept: refused by the server: too_large/)));
    expect(it.server.counts.calls.upload).toBe(0);
  });
});

describe('what batches leave open is sent again, and nothing else', () => {
  test.each(['expired', 'cancelled'] as const)('%s in the middle', async (end) => {
    const it = await scene(6, { fates: [{ polls: 0, end, worked: 4 }] });
    const { outcomes, attempts } = await it.call();
    expect(outcomes).toEqual(Array(6).fill('refined'));
    expectOnceEach(it, 6);
    expect(attempts.filter(({ error }) => error?.code === 'not_done')).toHaveLength(2);
    expect(attempts.at(-1)).toMatchObject({ attempt: 2, resend: 0 });
  });

  test.each([
    [1, 'refined'],
    [0, 'pending'],
  ])(
    'cancelled by somebody while it is waited for, %i done: the rest stays pending in this call',
    async (worked, outcome) => {
      const it = await scene(4, { fates: [{ polls: 3, end: 'cancelled', worked }] });
      const first = await it.call();
      expect(first.end).toBeNull();
      expect(first.outcomes).toEqual([outcome, 'pending', 'pending', 'pending']);
      expect(it.server.counts.batches).toBe(1);
      expect((await it.call()).outcomes).toEqual(Array(4).fill('refined'));
      expectOnceEach(it, 4);
    },
  );

  test('lines refused for a passing reason', async () => {
    const it = await scene(5, { fates: [{ refuse: { 1: 500, 3: 429 } }, { refuse: { 0: 503 } }] });
    const { outcomes, attempts } = await it.call();
    expect(outcomes).toEqual(Array(5).fill('refined'));
    expectOnceEach(it, 5);
    const second = attempts.filter(({ example }) => example === '1');
    expect(second.map(({ attempt, resend, error }) => [attempt, resend, error?.code])).toEqual([
      [1, 0, 'server_error'],
      [2, 1, 'server_error'],
      [3, 2, undefined],
    ]);
  });

  test('a line that fails every time becomes a failure, also over several calls', async () => {
    const reply = (message: string) =>
      numberIn(message) === '1'
        ? { status: 500, body: { error: { message: 'always' } } }
        : goodReply(message);
    const it = await scene(3, { reply });
    const stop = new AbortController();
    const first = await it.call({
      stop: stop.signal,
      onEvent: ({ type }) => {
        if (type === 'placed' && it.server.counts.batches === 3) stop.abort();
      },
    });
    expect(first.outcomes).toEqual(['refined', 'pending', 'refined']);
    const { end, outcomes, attempts } = await it.call();
    expect(end).toBeNull();
    expect(outcomes[1]).toBe(
      'kept: no reply after 6 sendings: server_error: HTTP 500: always'.replace('HTTP 500: ', ''),
    );
    expect(attempts.filter(({ example }) => example === '1').map(({ resend }) => resend)).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    expect((await it.call()).attempts).toHaveLength(attempts.length);
  });

  test('missing lines are sent again, and what they may have cost stays reserved', async () => {
    const it = await scene(3, { fates: [{ missing: [1] }] });
    const { outcomes, attempts, batches, events } = await it.call();
    expect(outcomes).toEqual(Array(3).fill('refined'));
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'collected', odd: expect.objectContaining({ missing: 1 }) }),
    );
    const used = attempts.reduce(
      (sum, { usage }) => sum + (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0),
      0,
    );
    expect(commitmentOf({ attempts, sent: [], batches }).total.tokens).toBe(used + 164);
  });

  test('doubled, foreign and torn lines are counted and change nothing', async () => {
    const it = await scene(4, { fates: [{ doubled: [0, 2], strangers: 3, torn: true }] });
    const { outcomes, attempts, events } = await it.call();
    expect(outcomes).toEqual(Array(4).fill('refined'));
    expect(attempts).toHaveLength(4);
    const odd = { duplicated: 2, foreign: 3, unreadable: 1, missing: 0 };
    expect(events).toContainEqual(expect.objectContaining({ type: 'collected', odd }));
  });

  test.each([
    ['in the next round', false],
    ['by the next call', true],
  ])('a refused parameter is left out %s', async (_, isCutOff) => {
    const refused = {
      status: 400,
      body: {
        error: {
          message: "Unsupported parameter: 'temperature'",
          param: 'temperature',
          code: 'unsupported_parameter',
        },
      },
    };
    const it = await scene(2, { reply: (message, before) => (before === 0 ? refused : goodReply(message)) });
    const stop = new AbortController();
    await it.call({
      stop: stop.signal,
      onEvent: ({ type }) => isCutOff && type === 'collected' && stop.abort(),
    });
    expect(it.server.counts.batches).toBe(isCutOff ? 1 : 2);
    const { outcomes, attempts } = await it.call();
    expect(outcomes).toEqual(['refined', 'refined']);
    expect(attempts.map(({ omitted, resend }) => [omitted, resend])).toEqual([
      [[], 0],
      [[], 0],
      [['temperature'], 0],
      [['temperature'], 0],
    ]);
    const inputFile = it.server.batches[1]?.input_file_id ?? '';
    expect(it.server.file(inputFile)).not.toContain('temperature');
  });

  test('an example refused for good is an outcome with the words of the server', async () => {
    const it = await scene(3, { fates: [{ refuse: { 1: 400 } }] });
    expect((await it.call()).outcomes).toEqual([
      'refined',
      'kept: refused by the server: bad_request: refused with 400',
      'refined',
    ]);
  });
});

describe('tasks of one round', () => {
  const judged = (attempt: number, order: 'original-first' | 'refined-first'): Partial<Task> => ({
    ...{ purpose: 'judge', temperature: 0, judged: { attempt, order } },
    messages: () => [{ role: 'user', content: `Ask 0? Judge ${attempt}, ${order}` }],
  });
  /** A round with these tasks about the examples of these numbers, once. */
  const once =
    (...tasks: readonly (readonly [number, Partial<Task>])[]) =>
    ({ selection }: OwnedRun): NextRound => {
      const rounds = [
        tasks.map(([number, parts]) => ({
          ...refinementTask(selection[number] as Example, FIRST),
          ...parts,
        })),
      ];
      return async () => rounds.shift() ?? [];
    };

  test('that differ in purpose, prompt or sampling go in batches of their own', async () => {
    const it = await scene(4);
    const { batches, attempts } = await it.call({
      rounds: once(
        [0, {}],
        [1, { purpose: 'repair' }],
        [2, {}],
        [3, { purpose: 'repair', temperature: 0.9, maxTokens: 9 }],
      ),
    });
    expect(batches.map(({ intent }) => [intent.purpose, intent.temperature, intent.maxTokens])).toEqual([
      ['first', 0.5, 64],
      ['repair', 0.5, 64],
      ['repair', 0.9, 9],
    ]);
    expect(
      attempts.map(({ example, purpose, temperature }) => [example, purpose, temperature]).sort(),
    ).toEqual([
      ['0', 'first', 0.5],
      ['1', 'repair', 0.5],
      ['2', 'first', 0.5],
      ['3', 'repair', 0.9],
    ]);
    const lines = batches.map(({ inputFileId }) => it.server.file(inputFileId ?? ''));
    expect(lines.map((text) => JSON.parse(text?.split('\n')[0] ?? '').body.max_tokens)).toEqual([64, 64, 9]);
  });

  test('about the same example have attempts of their own, are sent again each for itself, and are paid for each', async () => {
    const it = await scene(1, { fates: [{ refuse: { 1: 500 } }], reply: () => ({ content: 'Fine.' }) });
    const first = await it.call({
      rounds: once([0, judged(1, 'original-first')], [0, judged(1, 'refined-first')]),
    });
    expect(first.attempts.map(({ attempt }) => attempt).sort()).toEqual([1, 2]);
    const { attempts, batches } = await it.call({
      rounds: once([0, judged(2, 'refined-first')], [0, judged(1, 'refined-first')]),
    });
    expect(
      attempts.map(({ attempt, resend, judged, error }) => [attempt, resend, judged, error?.code]).sort(),
    ).toEqual([
      [1, 0, { attempt: 1, order: 'original-first' }, undefined],
      [2, 0, { attempt: 1, order: 'refined-first' }, 'server_error'],
      [3, 0, { attempt: 2, order: 'refined-first' }, undefined],
      [4, 1, { attempt: 1, order: 'refined-first' }, undefined],
    ]);
    const used = attempts.reduce(
      (sum, { usage }) => sum + (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0),
      0,
    );
    expect(commitmentOf({ attempts, sent: [], batches }).total.tokens).toBe(used);
  });

  test('that were lost with their batch keep a reservation each', async () => {
    const it = await scene(1, { fates: [{ polls: null }] });
    const stop = new AbortController();
    const { batches } = await it.call({
      stop: stop.signal,
      onEvent: ({ type }) => type === 'seen' && stop.abort(),
      rounds: once([0, judged(1, 'original-first')], [0, judged(1, 'refined-first')]),
    });
    expect(commitmentOf({ attempts: [], sent: [], batches }).total.tokens).toBe(2 * 164);
  });
});

describe('what stops a call', () => {
  test('a refusal of the run, in a line: nothing is marked', async () => {
    const it = await scene(3, { fates: [{ refuse: { 1: 401 } }] });
    const { end, outcomes } = await it.call();
    expect(end).toBeInstanceOf(UserError);
    expect(end).toMatchObject({ code: 'model_refused' });
    expect(outcomes).toEqual(['refined', 'pending', 'refined']);
  });

  test('nothing but bad requests: nothing is marked', async () => {
    const it = await scene(6, { fates: [{ refuse: { 0: 400, 1: 400, 2: 400, 3: 400, 4: 400, 5: 400 } }] });
    const { end, outcomes } = await it.call();
    expect(end).toMatchObject({ code: 'model_refused' });
    expect(outcomes).toEqual(Array(6).fill('pending'));
  });

  test('a batch that fails as a whole: its words, nothing marked, and the next call sends it again', async () => {
    const it = await scene(3, {
      fates: [{ failure: { code: 'invalid_json_line', message: 'No JSON.', line: 2 } }],
    });
    const { end, outcomes, attempts } = await it.call();
    expect(end).toMatchObject({
      code: 'model_refused',
      facts: { found: 'invalid_json_line, No JSON., line 2' },
    });
    expect([...outcomes, ...attempts]).toEqual(Array(3).fill('pending'));
    expect((await it.call()).outcomes).toEqual(Array(3).fill('refined'));
  });

  test('too many tokens: says what to give', async () => {
    const it = await scene(3, {
      fates: [{ failure: { code: 'token_limit_exceeded', message: 'Enqueued token limit.' } }],
    });
    expect((await it.call()).end).toMatchObject({
      facts: { hint: expect.stringContaining('--batch-max-tokens') },
    });
  });

  test('a server that refuses to create a batch: nothing of it is kept', async () => {
    const it = await scene(2, { faults: { create: [{ status: 403, message: 'No batches for you.' }] } });
    const { end, batches } = await it.call();
    expect(end).toMatchObject({
      code: 'model_refused',
      facts: { found: expect.stringContaining('No batches for you') },
    });
    expect(kindsOf(batches)).toEqual(['abandoned']);
    expect((await it.call()).outcomes).toEqual(['refined', 'refined']);
  });

  test('all lines failing all the time is an outage: all stay pending', async () => {
    const it = await scene(2, { reply: () => ({ status: 500, body: { error: { message: 'down' } } }) });
    const { end, outcomes, batches } = await it.call();
    expect(end).toBeInstanceOf(EnvironmentError);
    expect(end).toMatchObject({ code: 'outage' });
    expect(outcomes).toEqual(['pending', 'pending']);
    expect(batches).toHaveLength(6);
  });

  test('a batch that expires without anything done is not sent again in the same call', async () => {
    const it = await scene(2, { fates: [{ end: 'expired', worked: 0 }] });
    const { end, outcomes } = await it.call();
    expect(end).toMatchObject({ code: 'outage' });
    expect(outcomes).toEqual(['pending', 'pending']);
    expect((await it.call()).outcomes).toEqual(['refined', 'refined']);
  });

  test('an outage while waiting: the batch is taken up by the next call', async () => {
    const it = await scene(2, { faults: { retrieve: Array(4).fill('reset') } });
    expect((await it.call()).end).toMatchObject({ code: 'outage' });
    expect((await it.call()).outcomes).toEqual(['refined', 'refined']);
    expectOnceEach(it, 2);
  });

  test('a batch that the server has no longer', async () => {
    const it = await scene(2, { faults: { retrieve: [{ status: 404, message: 'No such batch.' }] } });
    expect((await it.call()).end).toMatchObject({ facts: { hint: expect.stringContaining('--forget') } });
    expect((await it.call()).outcomes).toEqual(['refined', 'refined']);
    expectOnceEach(it, 2);
  });

  test('batches at another server', async () => {
    const it = await scene(2, { fates: [{ polls: null }] });
    const stop = new AbortController();
    await it.call({ stop: stop.signal, onEvent: ({ type }) => type === 'seen' && stop.abort() });
    const { end } = await it.call({ server: 'https://elsewhere.example/v1' });
    expect(end).toMatchObject({ code: 'config', facts: { expected: it.server.url } });
  });
});

describe('passing trouble', () => {
  test.each([
    ['upload', { upload: ['reset', 'lost', { status: 500, message: 'x' }] }],
    [
      'create, refused for a while',
      {
        create: [
          { status: 429, message: 'Slow down.' },
          { status: 429, message: 'Slow down.', headers: { 'retry-after': '2' } },
        ],
      },
    ],
    ['create, lost before the server had it', { create: ['reset', { status: 500, message: 'x' }, 'html'] }],
    ['create, done but not answered', { create: ['lost'] }],
    [
      'retrieve',
      { retrieve: ['reset', 'html', { status: 429, message: 'x' }, { status: 502, message: 'x' }] },
    ],
    ['list, while looking for a batch', { create: ['lost'], list: ['reset', { status: 500, message: 'x' }] }],
    ['content', { content: ['reset', { cutAfterBytes: 900 }, { status: 503, message: 'x' }] }],
  ] satisfies [string, BatchScript['faults']][])('%s: nothing is asked twice', async (_, faults) => {
    const it = await scene(5, { faults });
    const { end, outcomes } = await it.call();
    expect(end).toBeNull();
    expect(outcomes).toEqual(Array(5).fill('refined'));
    expectOnceEach(it, 5);
    expect(it.server.counts.batches).toBe(1);
  });

  test('a lost answer is found in a list that follows late', async () => {
    const it = await scene(3, { faults: { create: ['lost'] }, listLag: 2 });
    const { outcomes, waits } = await it.call();
    expect(outcomes).toEqual(Array(3).fill('refined'));
    expectOnceEach(it, 3);
    expect(waits.slice(0, 2)).toEqual([1000, 2000]);
  });

  test('an order that was repeated since its list followed too late: the twin is cancelled', async () => {
    const it = await scene(3, { faults: { create: ['lost'] }, listLag: 4, fates: [{ polls: null }] });
    expect((await it.call()).outcomes).toEqual(Array(3).fill('refined'));
    expect(it.server.batches.map(({ status }) => status)).toEqual(['cancelling', 'completed']);
    expectOnceEach(it, 3);
  });

  test('an order whose answer was lost, and which is refused when it is repeated, is looked for again', async () => {
    const refused = { status: 403, message: 'Not any more.' };
    const it = await scene(3, { faults: { create: ['lost', refused] }, listLag: 4 });
    expect((await it.call()).end).toMatchObject({ code: 'model_refused' });
    expect((await it.call()).outcomes).toEqual(Array(3).fill('refined'));
    expect(it.server.counts.batches).toBe(1);
    expectOnceEach(it, 3);
  });

  test('a rate limit that asks for longer than allowed stops the call', async () => {
    const it = await scene(1, {
      faults: { create: [{ status: 429, message: 'x', headers: { 'retry-after': '60' } }] },
    });
    const { end, batches } = await it.call();
    expect(end).toMatchObject({ code: 'rate_limit' });
    expect(kindsOf(batches)).toEqual([undefined]);
    expect((await it.call()).outcomes).toEqual(['refined']);
    expectOnceEach(it, 1);
  });
});

describe('the budget', () => {
  test('only as many requests are sent as fit, in order', async () => {
    const it = await scene(5);
    const first = await it.call({ budget: { tokens: 190, usd: null } });
    expect(first.end).toBeInstanceOf(BudgetSpent);
    // The first one's settlement makes room for the second.
    expect(first.attempts.map(({ example }) => example)).toEqual(['0', '1']);
    const { total } = commitmentOf({ attempts: first.attempts, sent: [], batches: first.batches });
    expect(total.tokens).toBeLessThanOrEqual(190);
    expect((await it.call({ budget: { tokens: 10_000, usd: null } })).outcomes).toEqual(
      Array(5).fill('refined'),
    );
    expectOnceEach(it, 5);
  });

  test('a server that counts more tokens than we do is believed from its first answer on', async () => {
    const it = await scene(2);
    const limits = { requests: 1, bytes: 1_000_000, promptTokens: 1 };
    const { batches, attempts } = await it.call({ countPrompt: () => 1, limits });
    expect(batches.map(({ intent }) => intent.requests[0]?.promptTokens)).toEqual([
      1,
      attempts[0]?.usage?.promptTokens,
    ]);
  });

  test('reserves at half the price, and keeps the reservation while the batch lives', async () => {
    const it = await scene(3, { fates: [{ polls: null }] });
    const stop = new AbortController();
    const usd = (100 * 1000 + 64 * 2000) / 2 / 1e6;
    const { end, batches, attempts } = await it.call({
      stop: stop.signal,
      budget: { tokens: null, usd: 2 * usd },
      onEvent: ({ type }) => type === 'seen' && stop.abort(),
    });
    expect(end).toBeNull();
    expect(batches[0]?.intent.requests).toHaveLength(2);
    expect(commitmentOf({ attempts, sent: [], batches }).total.usd).toBeCloseTo(2 * usd);
  });
});

describe('what an earlier call left at the server counts', () => {
  test.each([
    ['in the budget', { budget: { tokens: 3 * 164 + 100, usd: null } }],
    ['among the tokens that may wait', { limits: { requests: 9, bytes: 1_000_000, promptTokens: 350 } }],
  ])('%s', async (_, options) => {
    const it = await scene(6, { fates: [{ polls: null }, { polls: null }] });
    const before = new AbortController();
    await it.call({
      limit: 2,
      stop: before.signal,
      onEvent: ({ type }) => type === 'seen' && before.abort(),
    });
    const stop = new AbortController();
    const { batches } = await it.call({
      ...options,
      stop: stop.signal,
      onEvent: ({ type }) => type === 'seen' && stop.abort(),
    });
    expect(batches.map(({ intent }) => intent.requests.map(({ example }) => example))).toEqual([
      ['0', '1'],
      ['2'],
    ]);
    it.server.finish();
    expect((await it.call()).outcomes).toEqual(Array(6).fill('refined'));
    expectOnceEach(it, 6);
  });
});

describe('a call that was cut off', () => {
  /** Leaves the run as a killed process would: nothing is written after `what` has happened. */
  async function cutOff(it: BatchScene, isMoment: (kind: string) => boolean): Promise<void> {
    await it.call({
      before: (run) => {
        const note = run.noteBatch;
        let isDead = false;
        run.noteBatch = async (entry) => {
          if (isDead) throw new Error('dead');
          if (isMoment(entry.kind)) {
            isDead = true;
            throw new Error('dead');
          }
          await note(entry);
        };
      },
    });
  }

  test.each([
    ['before the upload is noted, so that nothing can have been created', 'uploaded', 2, 0],
    ['before the creation is noted', 'created', 1, 1],
    ['before the collection is noted', 'collected', 1, 0],
  ])('%s', async (_, kind, uploads, looks) => {
    const it = await scene(4);
    await cutOff(it, (happening) => happening === kind);
    const { end, outcomes, attempts } = await it.call();
    expect(end).toBeNull();
    expect(outcomes).toEqual(Array(4).fill('refined'));
    expect(attempts).toHaveLength(4);
    expectOnceEach(it, 4);
    expect(it.server.counts.calls).toMatchObject({ upload: uploads, list: looks });
    expect(it.server.counts.batches).toBe(1);
  });

  test('with the list following late', async () => {
    const it = await scene(4, { listLag: 3 });
    await cutOff(it, (kind) => kind === 'created');
    expect((await it.call()).outcomes).toEqual(Array(4).fill('refined'));
    expectOnceEach(it, 4);
  });

  test('before the order was carried out: it is sent again once the list has had time', async () => {
    const it = await scene(2, { faults: { create: ['reset', 'reset', 'reset', 'reset'] } });
    expect((await it.call()).end).toMatchObject({ code: 'outage' });
    const { outcomes, batches } = await it.call();
    expect(outcomes).toEqual(['refined', 'refined']);
    expect(kindsOf(batches)).toEqual(['abandoned', 'collected']);
    expectOnceEach(it, 2);
  });

  test('in the middle of collecting: what was saved is not saved again', async () => {
    const it = await scene(6);
    const first = await it.call({
      before: (run) => {
        const append = run.append;
        let saved = 0;
        run.append = (attempt) => {
          if (saved++ >= 3) throw new Error('dead');
          return append(attempt);
        };
      },
    });
    expect(first.attempts).toHaveLength(3);
    const { attempts, outcomes } = await it.call();
    expect(attempts).toHaveLength(6);
    expect(outcomes).toEqual(Array(6).fill('refined'));
    expectOnceEach(it, 6);
  });

  test('a twin of the batch is cancelled, and the one that is further is kept', async () => {
    const it = await scene(2, { fates: [{ polls: null }, { polls: 1 }] });
    await cutOff(it, (kind) => kind === 'created');
    const { batches } = await readRun(it.dir);
    await fetch(`${it.server.url}/batches`, {
      method: 'POST',
      body: JSON.stringify({
        input_file_id: 'file-1',
        endpoint: '/v1/chat/completions',
        completion_window: '24h',
        metadata: { burnish_intent: batches[0]?.intent.batch },
      }),
    });
    await fetch(`${it.server.url}/batches/batch_2`); // in progress
    expect((await it.call()).outcomes).toEqual(['refined', 'refined']);
    expect(it.server.batches.map(({ status }) => status)).toEqual(['cancelling', 'completed']);
    expectOnceEach(it, 2);
  });
});

test('what was asked by single requests before counts its attempts on', async () => {
  const it = await scene(2);
  const run = await ownRun(it.dir);
  await run.append(attemptOf({ example: '0', attempt: 3, fault: ['transport', 'timeout', 'late'] }));
  await run.close();
  const { attempts } = await it.call();
  expect(
    attempts
      .slice(1)
      .map(({ example, attempt, resend }) => [example, attempt, resend])
      .sort(),
  ).toEqual([
    ['0', 4, 0],
    ['1', 1, 0],
  ]);
});
