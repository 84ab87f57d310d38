import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import type { Example } from '../../src/dataset/example.js';
import { EnvironmentError } from '../../src/errors.js';
import type { ChatReply } from '../../src/model/chat-model.js';
import { Breaker } from '../../src/pace/breaker.js';
import { Budget } from '../../src/pace/budget.js';
import { Gate } from '../../src/pace/gate.js';
import { StallWatch } from '../../src/pace/stall-watch.js';
import { parsePrompt } from '../../src/prompt/parse-prompt.js';
import { type AskEvent, type AskOptions, askExamples, askRounds } from '../../src/run/ask.js';
import { ATTEMPT_FORMAT, type Attempt } from '../../src/run/attempt.js';
import { commitmentOf } from '../../src/run/commitment.js';
import { loadLedger } from '../../src/run/load-ledger.js';
import { type OwnedRun, ownRun } from '../../src/run/own-run.js';
import { readRun } from '../../src/run/read-run.js';
import type { Sent } from '../../src/run/sent.js';
import { type Asking, type NextRound, refinementTask, type Task } from '../../src/run/task.js';
import {
  attemptOf,
  FIRST,
  makeRun,
  PROMPT,
  PROMPT_TEXT,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';
import { faultOf, replyOf, type ScriptedModel, scriptedModel } from '../support/scripted-model.js';

const folder = temporaryFolder();
let runs = 0;
const USAGE = { promptTokens: 100, completionTokens: 10, cachedPromptTokens: 0, reasoningTokens: 0 };
const HOUR_MS = 3_600_000;
const timeout = () => faultOf('transport', 'timeout');
const turn = () => new Promise((resolve) => setImmediate(resolve));

interface Asked {
  readonly error: unknown;
  readonly events: AskEvent[];
  /** How many events there had been when asking was over. */
  readonly told: number;
  /** As they stand on disk after the run was closed. */
  readonly attempts: readonly Attempt[];
  readonly sent: readonly Sent[];
  readonly dir: string;
}

/** Asks about examples of a run and closes it. The run has `count` examples, and all of them are asked. */
async function ask(
  model: ScriptedModel,
  count: number,
  options: Partial<AskOptions> & {
    /** How the examples are asked, where that matters. */
    readonly how?: Partial<Asking>;
    /** What is asked instead of one task for each example. */
    readonly tasks?: (run: OwnedRun) => readonly Task[];
    readonly rounds?: (run: OwnedRun) => NextRound;
    readonly concurrency?: number;
    readonly maxWaitMs?: number;
    readonly budgetTokens?: number;
    readonly dir?: string;
    readonly before?: (run: OwnedRun) => void;
  } = {},
): Promise<Asked> {
  const { dir: given, before, how, tasks, concurrency = 1, maxWaitMs = HOUR_MS, ...others } = options;
  const { budgetTokens = null, rounds, ...rest } = others;
  const dir = given ?? (await makeRun(join(folder, `run${runs++}`), someExamples(count)));
  const run = await ownRun(dir);
  before?.(run);
  const events: AskEvent[] = [];
  const asked =
    tasks?.(run) ??
    run.selection.slice(0, count).map((example) => refinementTask(example, { ...FIRST, ...how }));
  const settings: AskOptions = {
    model,
    price: null,
    gate: new Gate({ concurrency, requestsPerMinute: null, tokensPerMinute: null, maxWaitMs }),
    budget: new Budget({ tokens: budgetTokens, usd: null }, commitmentOf(run).total),
    countPrompt: () => 100,
    maxWaitMs,
    breaker: new Breaker(),
    stalls: new StallWatch(),
    resends: { resends: 1, dearResends: 1, firstWaitMs: 0, longestWaitMs: 0 },
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    onEvent: (event) => event.type !== 'round' && events.push(event),
    ...rest,
  };
  const asking =
    rounds === undefined ? askExamples(run, asked, settings) : askRounds(run, rounds(run), settings);
  const ending: unknown = await asking.catch((error: unknown) => error);
  const told = events.length;
  await run.close();
  const { attempts, sent } = await readRun(dir);
  return { error: ending, events, told, attempts, sent, dir };
}

const outcomesOf = async (dir: string) =>
  (await loadLedger(await readRun(dir), DEFAULT_SUITE)).map(
    ({ outcome, reason }) => `${outcome}${reason === null ? '' : `: ${reason}`}`,
  );

describe('askExamples', () => {
  test.each([1, 3, 20])('asks about each example once, with %i requests at a time', async (concurrency) => {
    const model = scriptedModel((example, before) =>
      before > 0 ? undefined : replyOf(`Better ${example}.`),
    );
    const { error, events, attempts, dir } = await ask(model, 8, { concurrency });
    expect(error).toBeNull();
    expect(model.asked).toEqual(
      Array.from({ length: 8 }, (_, number) => `I: Ask ${number}? R: Original ${number}.`),
    );
    expect(attempts.map(({ example }) => example).sort()).toEqual([...'01234567']);
    expect(events.map(({ type }) => type)).toEqual(Array(8).fill('saved'));
    expect((await loadLedger(await readRun(dir), DEFAULT_SUITE)).map(({ text }) => text)).toEqual(
      Array.from({ length: 8 }, (_, number) => `Better ${number}.`),
    );
  });

  test('saves all there is to know about an attempt', async () => {
    const model = scriptedModel(() =>
      replyOf('Better.', { finishReason: 'length', usage: USAGE, servedModel: 'small-model-0125' }),
    );
    const { attempts, events } = await ask(model, 1, {
      how: { purpose: 'retry', temperature: 0.25, maxTokens: 77 },
      price: { inputUsdPerMTok: 1, outputUsdPerMTok: 5 },
    });
    expect(model.requests).toEqual([
      { messages: expect.any(Array), temperature: 0.25, maxTokens: 77, omit: [] },
    ]);
    expect(attempts).toEqual([
      {
        v: 1,
        example: '0',
        attempt: 1,
        session: expect.stringMatching(/^[0-9a-f]{12}$/),
        purpose: 'retry',
        prompt: FIRST.prompt.hash,
        model: 'small-model',
        servedModel: 'small-model-0125',
        temperature: 0.25,
        maxTokens: 77,
        omitted: [],
        resend: 0,
        resendsLeft: 1,
        sentAt: expect.any(String),
        durationMs: expect.any(Number),
        reply: { content: expect.stringContaining('Better.'), finishReason: 'length' },
        error: null,
        usage: USAGE,
        costUsd: 0.00015,
      },
    ]);
    expect(events).toEqual([{ type: 'saved', attempt: attempts[0], ended: true }]);
  });

  test.each<[string, Partial<ChatReply>, Partial<AskOptions>]>([
    ['the price is unknown', { usage: USAGE }, { price: null }],
    ['the server tells no tokens', { usage: null }, { price: { inputUsdPerMTok: 1, outputUsdPerMTok: 1 } }],
  ])('records an unknown cost as null when %s', async (_, parts, options) => {
    const { attempts } = await ask(
      scriptedModel(() => replyOf('Better.', parts)),
      1,
      options,
    );
    expect(attempts[0]?.costUsd).toBeNull();
  });

  test('records what a fault was charged for', async () => {
    const model = scriptedModel((_, before) =>
      before === 0
        ? faultOf('transport', 'malformed_reply', { usage: USAGE, status: 200 })
        : replyOf('Better.'),
    );
    const { attempts } = await ask(model, 1, { price: { inputUsdPerMTok: 1, outputUsdPerMTok: 0 } });
    expect(attempts.map(({ usage, costUsd }) => ({ usage, costUsd }))).toEqual([
      { usage: USAGE, costUsd: 0.0001 },
      { usage: null, costUsd: null },
    ]);
    expect(attempts[0]?.error).toEqual({
      kind: 'transport',
      code: 'malformed_reply',
      status: 200,
      message: 'words about malformed_reply',
    });
  });

  test('writes lines that the run can be read from', async () => {
    const model = scriptedModel((_, before) => (before === 0 ? timeout() : replyOf('Better.')));
    const { attempts } = await ask(model, 2);
    for (const attempt of attempts) expect(ATTEMPT_FORMAT.schema.parse(attempt)).toEqual(attempt);
  });

  test('sends again after a passing fault, and tells of the wait', async () => {
    const model = scriptedModel((_, before) => (before === 0 ? timeout() : replyOf('Better.')));
    const { events, attempts } = await ask(model, 1);
    expect(
      attempts.map(({ attempt, resend, resendsLeft, error }) => [attempt, resend, resendsLeft, error?.code]),
    ).toEqual([
      [1, 0, 1, 'timeout'],
      [2, 1, 0, undefined],
    ]);
    const [first, ...others] = events.filter(({ type }) => type === 'saved');
    expect(first).toMatchObject({ ended: false, attempt: { attempt: 1 } });
    expect(others).toMatchObject([{ ended: true, attempt: { attempt: 2 } }]);
    expect(events.filter(({ type }) => type === 'waiting')).toMatchObject([
      { example: '0', waitMs: 0, fault: { facts: { code: 'timeout' } } },
    ]);
  });

  test('records a refusal of one example, and goes on with the others', async () => {
    const model = scriptedModel((example) =>
      example === 1 ? faultOf('example', 'content_filter', { status: 400 }) : replyOf('Better.'),
    );
    const { error, attempts, events, dir } = await ask(model, 3);
    expect(error).toBeNull();
    expect(attempts).toHaveLength(3);
    expect(events).toMatchObject([{ ended: true }, { ended: true }, { ended: true }]);
    expect(await outcomesOf(dir)).toEqual([
      'refined',
      'kept: refused by the server: content_filter: words about content_filter',
      'refined',
    ]);
  });

  test('goes on counting attempts and sessions when a run is resumed', async () => {
    const { dir } = await ask(
      scriptedModel(() => faultOf('example', 'bad_request')),
      1,
    );
    const { attempts } = await ask(
      scriptedModel(() => replyOf('Better.')),
      1,
      { dir, how: { purpose: 'retry' } },
    );
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(new Set(attempts.map(({ session }) => session)).size).toBe(2);
  });
});

describe('tasks', () => {
  const judge = (run: OwnedRun, order: 'original-first' | 'refined-first'): Task => ({
    ...refinementTask(run.selection[0] as Example, { ...FIRST, purpose: 'judge', temperature: 0 }),
    judged: { attempt: 1, order },
  });

  test('about the same example may be asked at once: each attempt has a number of its own', async () => {
    const model = scriptedModel(() => turn().then(() => replyOf('Better.')));
    const { error, attempts, sent } = await ask(model, 1, {
      concurrency: 4,
      tasks: (run) => [
        judge(run, 'original-first'),
        judge(run, 'refined-first'),
        judge(run, 'original-first'),
      ],
    });
    expect(error).toBeNull();
    expect(attempts.map(({ attempt }) => attempt).sort()).toEqual([1, 2, 3]);
    expect(sent.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(attempts).toMatchObject([
      { purpose: 'judge', temperature: 0, judged: { attempt: 1, order: 'original-first' } },
      { judged: { attempt: 1, order: 'refined-first' } },
      { judged: { attempt: 1, order: 'original-first' } },
    ]);
  });

  test('are sent again each for itself', async () => {
    const model = scriptedModel((_, before) => (before < 2 ? timeout() : replyOf('Better.')));
    const { attempts } = await ask(model, 1, {
      concurrency: 4,
      tasks: (run) => [judge(run, 'original-first'), judge(run, 'refined-first')],
    });
    for (const order of ['original-first', 'refined-first']) {
      const own = attempts.filter(({ judged }) => judged?.order === order);
      expect(own.map(({ resend, error }) => [resend, error?.code])).toEqual([
        [0, 'timeout'],
        [1, undefined],
      ]);
    }
    expect(new Set(attempts.map(({ attempt }) => attempt)).size).toBe(4);
  });

  test('of one call may differ in purpose, prompt and sampling, and each is reserved for by its own', async () => {
    const other = parsePrompt(PROMPT_TEXT.replace('Improve.', 'Mend.'), 'other.md');
    const model = scriptedModel(() => replyOf('Better.', { usage: USAGE }));
    const { attempts, sent } = await ask(model, 2, {
      tasks: ({ selection }) => [
        refinementTask(selection[0] as Example, FIRST),
        refinementTask(selection[1] as Example, {
          ...{ prompt: other, purpose: 'repair', temperature: 0.9, maxTokens: 100 },
        }),
      ],
    });
    expect(attempts).toMatchObject([
      { purpose: 'first', prompt: PROMPT.hash, temperature: 0.5, maxTokens: 64 },
      { purpose: 'repair', prompt: other.hash, temperature: 0.9, maxTokens: 100 },
    ]);
    expect(sent.map(({ reserved }) => reserved.completionTokens)).toEqual([64, 100]);
    expect(model.requests.map(({ messages, maxTokens }) => [messages[0]?.content, maxTokens])).toEqual([
      ['Improve.', 64],
      ['Mend.', 100],
    ]);
  });

  test('may be put to another model at another price', async () => {
    const { dir } = await ask(
      scriptedModel(() => replyOf('Better.', { usage: USAGE })),
      1,
      { price: { inputUsdPerMTok: 1, outputUsdPerMTok: 1 } },
    );
    const other = { ...scriptedModel(() => replyOf('Fine.', { usage: USAGE })), name: 'judge-model' };
    const { attempts, sent } = await ask(other, 1, {
      dir,
      price: { inputUsdPerMTok: 10, outputUsdPerMTok: 10 },
      tasks: (run) => [judge(run, 'original-first')],
    });
    expect(attempts.map(({ model, costUsd }) => [model, costUsd])).toEqual([
      ['small-model', 0.00011],
      ['judge-model', 0.0011],
    ]);
    expect(sent.at(-1)?.reserved.usd).toBeCloseTo((164 * 10) / 1e6);
    expect(await outcomesOf(dir)).toEqual(['refined']);
  });
});

describe('askRounds', () => {
  test('asks round by round, in one session, until there is nothing more to ask', async () => {
    const rounds: string[][] = [];
    const model = scriptedModel((example) =>
      example === 1 ? faultOf('example', 'content_filter') : example === 2 ? timeout() : replyOf('Better.'),
    );
    const closedAt: string[][] = [];
    const { error, attempts } = await ask(model, 4, {
      rounds: (run) => async (closed) => {
        closedAt.push([...closed]);
        const examples = [run.selection.slice(0, 3), run.selection.slice(3)][closedAt.length - 1] ?? [];
        return examples.map((example) => refinementTask(example, FIRST));
      },
      onEvent: (event) => {
        if (event.type === 'round') rounds.push(event.tasks.map(({ example }) => example.id));
      },
    });
    expect(error).toBeNull();
    expect(rounds).toEqual([['0', '1', '2'], ['3']]);
    // What got neither a reply nor a refusal for good is not to be asked again.
    expect(closedAt).toEqual([[], ['2'], ['2']]);
    expect(new Set(attempts.map(({ session }) => session)).size).toBe(1);
  });

  test('begins no further round once it was stopped', async () => {
    const stop = new AbortController();
    let begun = 0;
    const model = scriptedModel(() => {
      stop.abort();
      return replyOf('Better.');
    });
    await ask(model, 1, {
      stop: stop.signal,
      rounds: (run) => async () => {
        begun++;
        return run.selection.map((example) => refinementTask(example, FIRST));
      },
    });
    expect(begun).toBe(1);
  });
});

describe('a refusal of the whole run', () => {
  test.each([
    ['unauthorized', 401, 'API key'],
    ['forbidden', 403, 'API key'],
    ['unknown_model', 404, '--model'],
    ['quota_exhausted', 429, 'balance'],
  ] as const)('(%s) stops it at once and marks nothing', async (code, status, hint) => {
    const model = scriptedModel((example) =>
      example === 0 ? replyOf('Better.') : example === 1 ? faultOf('run', code, { status }) : undefined,
    );
    const { error, attempts, dir } = await ask(model, 4);
    expect(error).toMatchObject({
      name: 'UserError',
      code: 'model_refused',
      facts: {
        where: 'model small-model',
        found: `HTTP ${status}: words about ${code}`,
        hint: expect.stringContaining(hint),
      },
      cause: { facts: { code } },
    });
    expect(attempts).toHaveLength(2);
    expect(await outcomesOf(dir)).toEqual(['refined', 'pending', 'pending', 'pending']);
  });

  test('waits for the answers under way and saves them', async () => {
    const slow = Promise.withResolvers<ChatReply>();
    const model = scriptedModel((example) => {
      if (example === 0) return slow.promise;
      setTimeout(() => slow.resolve(replyOf('Late.')), 20);
      return example === 1 ? faultOf('run', 'unauthorized') : undefined;
    });
    const { error, attempts, dir } = await ask(model, 5, { concurrency: 2 });
    expect(error).toMatchObject({ code: 'model_refused' });
    expect(attempts.map(({ example }) => example)).toEqual(['1', '0']);
    expect(await outcomesOf(dir)).toEqual(['refined', ...Array(4).fill('pending')]);
  });

  test('ends the waiting of those that were to be sent again', async () => {
    const model = scriptedModel((example) => {
      if (example === 0) return faultOf('transport', 'rate_limited', { retryAfterMs: 3_600_000 });
      return faultOf('run', 'quota_exhausted');
    });
    const { error, attempts } = await ask(model, 3, { concurrency: 2 });
    expect(error).toMatchObject({ code: 'model_refused' });
    expect(attempts.map(({ example }) => example)).toEqual(['0', '1']);
  });
});

describe('bad requests', () => {
  const bad = () => faultOf('example', 'bad_request', { status: 400 });
  const refused = 'kept: refused by the server: bad_request: words about bad_request';

  test('stop the run when there were five of them and nothing else; the rest is pending', async () => {
    const { error, attempts, dir } = await ask(scriptedModel(bad), 8);
    expect(error).toMatchObject({
      name: 'UserError',
      code: 'model_refused',
      facts: {
        found: 'HTTP 400: words about bad_request',
        hint: expect.stringContaining('retry --ids 0,1,2,3,4`'),
      },
    });
    expect(attempts).toHaveLength(5);
    expect(await outcomesOf(dir)).toEqual([...Array(5).fill(refused), ...Array(3).fill('pending')]);
  });

  test('that were under way are named too, when the run is stopped', async () => {
    const slow = Promise.withResolvers<ChatReply>();
    const model = scriptedModel((example) => {
      if (example === 0) return slow.promise;
      if (example === 5) setTimeout(() => slow.reject(bad()), 20);
      return bad();
    });
    const { error, attempts } = await ask(model, 8, { concurrency: 2 });
    expect(attempts).toHaveLength(6);
    expect(error).toMatchObject({ facts: { hint: expect.stringContaining('retry --ids 1,2,3,4,5,0`') } });
  });

  test('that were under way and answered after all do not hide the others', async () => {
    const slow = Promise.withResolvers<ChatReply>();
    const model = scriptedModel((example) => {
      if (example === 0) return slow.promise;
      if (example === 5) setTimeout(() => slow.resolve(replyOf('Late.')), 20);
      return bad();
    });
    const { error, dir } = await ask(model, 8, { concurrency: 2 });
    expect(error).toMatchObject({ facts: { hint: expect.stringContaining('retry --ids 1,2,3,4,5`') } });
    expect((await outcomesOf(dir))[0]).toBe('refined');
  });

  test.each([
    ['before', 0],
    ['among', 4],
  ])('with an answer %s them are the faults of their examples', async (_, answered) => {
    const model = scriptedModel((example) => (example === answered ? replyOf('Better.') : bad()));
    const { error, attempts } = await ask(model, 12);
    expect(error).toBeNull();
    expect(attempts).toHaveLength(12);
  });

  test('of another kind, like texts that are too long, stop nothing', async () => {
    const { error, attempts } = await ask(
      scriptedModel(() => faultOf('example', 'context_length')),
      8,
    );
    expect(error).toBeNull();
    expect(attempts).toHaveLength(8);
  });
});

describe('a rate limit', () => {
  test('that is met again and again for longer than is waited for stops the run, and marks nothing', async () => {
    const model = scriptedModel((example) =>
      example === 1 ? faultOf('transport', 'rate_limited') : replyOf('Better.'),
    );
    const { error, dir } = await ask(model, 3, { concurrency: 2, maxWaitMs: 500 });
    expect(error).toMatchObject({ name: 'EnvironmentError', code: 'rate_limit' });
    expect(model.asked.filter((message) => message.includes('Ask 1?')).length).toBeGreaterThan(1);
    expect(await outcomesOf(dir)).toEqual(['refined', 'pending', 'refined']);
  });

  test('with a wait holds back every request', async () => {
    const stop = new AbortController();
    const model = scriptedModel((example) => {
      if (example === 0) return faultOf('transport', 'rate_limited', { retryAfterMs: 3_000_000 });
      return turn().then(() => replyOf('Better.'));
    });
    const { error, attempts, dir } = await ask(model, 5, {
      concurrency: 2,
      stop: stop.signal,
      onEvent: (event) => {
        if (event.type === 'saved' && event.attempt.example === '1') setTimeout(() => stop.abort(), 50);
      },
    });
    expect(error).toBeNull();
    expect(attempts.map(({ example }) => example)).toEqual(['0', '1']);
    expect(await outcomesOf(dir)).toEqual(['pending', 'refined', ...Array(3).fill('pending')]);
  });

  test('whose wait is longer than is waited for stops the run', async () => {
    const model = scriptedModel(() => faultOf('transport', 'rate_limited', { retryAfterMs: HOUR_MS + 1 }));
    const { error, attempts, dir } = await ask(model, 2, { concurrency: 2 });
    expect(error).toMatchObject({
      name: 'EnvironmentError',
      code: 'rate_limit',
      facts: { found: '3601 s: words about rate_limited' },
    });
    expect(attempts).toHaveLength(2);
    expect(await outcomesOf(dir)).toEqual(['pending', 'pending']);
  });
});

describe('an outage', () => {
  test('is nearly nothing but failures for a while; it stops the run and marks nothing', async () => {
    let nowMs = 0;
    const model = scriptedModel((example) => {
      nowMs += 5_000;
      return example === 0 ? replyOf('Better.') : timeout();
    });
    const { error, attempts, dir } = await ask(model, 99, {
      concurrency: 2,
      breaker: new Breaker(() => nowMs),
      resends: { resends: 9, dearResends: 9, firstWaitMs: 0, longestWaitMs: 0 },
    });
    expect(error).toMatchObject({
      name: 'EnvironmentError',
      code: 'outage',
      message: expect.stringContaining('stopped answering'),
      facts: { found: 'words about timeout' },
    });
    expect(attempts.length).toBeLessThan(40);
    expect(await outcomesOf(dir)).toEqual(['refined', ...Array(98).fill('pending')]);
  });

  test('is not that some examples are never answered while others are; those are given up', async () => {
    const model = scriptedModel((example) =>
      [1, 2, 4, 5].includes(example) ? timeout() : replyOf('Better.'),
    );
    const { error, dir } = await ask(model, 9);
    expect(error).toBeNull();
    const givenUp = 'kept: no reply after 2 sendings: timeout: words about timeout';
    expect(await outcomesOf(dir)).toEqual(
      Array.from({ length: 9 }, (_, example) => ([1, 2, 4, 5].includes(example) ? givenUp : 'refined')),
    );
  });

  test('keeps nobody waiting for ever when what was asked before is not sent again', async () => {
    const model = scriptedModel(() => faultOf('transport', 'server_error'));
    const { error, attempts } = await ask(model, 20, {
      concurrency: 4,
      breaker: new Breaker(() => 0),
      resends: { resends: 0, dearResends: 0, firstWaitMs: 0, longestWaitMs: 0 },
    });
    expect(error).toMatchObject({ code: 'outage' });
    expect(attempts).toHaveLength(20);
  });

  test('is also that nobody was answered at all, however few were asked', async () => {
    const { error, dir } = await ask(scriptedModel(timeout), 2);
    expect(error).toMatchObject({ code: 'outage' });
    expect(await outcomesOf(dir)).toEqual(['pending', 'pending']);
  });

  test('is not told of when the user stopped the run', async () => {
    const stop = new AbortController();
    const model = scriptedModel((example) => {
      if (example === 1) stop.abort();
      return timeout();
    });
    const { error } = await ask(model, 3, { stop: stop.signal });
    expect(error).toBeNull();
  });
});

describe('a parameter that the model refuses', () => {
  const refusal = (parameter: 'temperature' | 'max_tokens' = 'temperature') =>
    faultOf('capability', 'unsupported_parameter', { parameter, status: 400 });

  test('is left out at once and from then on, and recorded', async () => {
    const model: ScriptedModel = scriptedModel(() =>
      model.requests.at(-1)?.omit.includes('temperature') ? replyOf('Better.') : refusal(),
    );
    const { error, attempts, events, dir } = await ask(model, 3);
    expect(error).toBeNull();
    expect(model.requests.map(({ omit }) => omit)).toEqual([
      [],
      ['temperature'],
      ['temperature'],
      ['temperature'],
    ]);
    expect(attempts.map(({ omitted, resend }) => [omitted, resend])).toEqual([
      [[], 0],
      [['temperature'], 0],
      [['temperature'], 0],
      [['temperature'], 0],
    ]);
    expect(events.map((event) => event.type === 'saved' && event.ended)).toEqual([false, true, true, true]);
    expect(await outcomesOf(dir)).toEqual(['refined', 'refined', 'refined']);
  });

  test('is left out from the start when the run is resumed with the same model', async () => {
    const strict: ScriptedModel = scriptedModel(() =>
      strict.requests.at(-1)?.omit.includes('temperature') ? replyOf('Better.') : refusal(),
    );
    const { dir } = await ask(strict, 1);
    const same = scriptedModel(() => replyOf('Better.'));
    await ask(same, 1, { dir });
    expect(same.requests.map(({ omit }) => omit)).toEqual([['temperature']]);
    const other = { ...scriptedModel(() => replyOf('Better.')), name: 'other-model' };
    await ask(other, 1, { dir });
    expect(other.requests.map(({ omit }) => omit)).toEqual([[]]);
  });

  test('may be one of two', async () => {
    const model: ScriptedModel = scriptedModel(() => {
      const omit = model.requests.at(-1)?.omit ?? [];
      return omit.length === 2
        ? replyOf('Better.')
        : refusal(omit.length === 0 ? 'max_tokens' : 'temperature');
    });
    await ask(model, 1, { resends: { resends: 0, dearResends: 0, firstWaitMs: 0, longestWaitMs: 0 } });
    expect(model.requests.map(({ omit }) => omit)).toEqual([
      [],
      ['max_tokens'],
      ['max_tokens', 'temperature'],
    ]);
  });

  test('costs each of several requests under way one sending', async () => {
    const model: ScriptedModel = scriptedModel((_, before) =>
      before === 0 ? refusal() : replyOf('Better.'),
    );
    const { error, dir } = await ask(model, 3, { concurrency: 3 });
    expect(error).toBeNull();
    expect(model.requests.map(({ omit }) => omit.length)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(await outcomesOf(dir)).toEqual(['refined', 'refined', 'refined']);
  });

  test('is a refusal of the example when it was not even sent', async () => {
    const model = scriptedModel((example) => (example === 0 ? refusal() : replyOf('Better.')));
    const { error, attempts, events, dir } = await ask(model, 2);
    expect(error).toBeNull();
    expect(model.requests).toHaveLength(3);
    expect(attempts.filter(({ example }) => example === '0').map(({ error }) => error?.kind)).toEqual([
      'capability',
      'example',
    ]);
    expect(events.filter((event) => event.type === 'saved' && event.ended)).toHaveLength(2);
    expect(await outcomesOf(dir)).toEqual([
      'kept: refused by the server: bad_request: words about unsupported_parameter',
      'refined',
    ]);
  });
});

describe('stopping', () => {
  test('sends nothing more and saves the answers under way', async () => {
    const stop = new AbortController();
    const model = scriptedModel((example) => {
      if (example < 2) return replyOf('Better.');
      stop.abort();
      return turn().then(() => replyOf('Late.'));
    });
    const { error, attempts, events, dir } = await ask(model, 9, { stop: stop.signal });
    expect(error).toBeNull();
    expect(model.asked).toHaveLength(3);
    expect(attempts.at(-1)?.reply?.content).toContain('Late.');
    expect(events).toHaveLength(3);
    expect((await outcomesOf(dir)).filter((outcome) => outcome === 'pending')).toHaveLength(6);
  });

  test('ends a wait before a re-sending, and leaves that example pending', async () => {
    const stop = new AbortController();
    const model = scriptedModel(() => faultOf('transport', 'rate_limited', { retryAfterMs: 3_600_000 }));
    const { error, attempts, dir } = await ask(model, 2, {
      stop: stop.signal,
      onEvent: ({ type }) => {
        if (type === 'waiting') stop.abort();
      },
    });
    expect(error).toBeNull();
    expect(attempts).toHaveLength(1);
    expect(await outcomesOf(dir)).toEqual(['pending', 'pending']);
  });

  test('before the start asks nothing', async () => {
    const { error, attempts } = await ask(
      scriptedModel(() => undefined),
      2,
      { stop: AbortSignal.abort() },
    );
    expect(error).toBeNull();
    expect(attempts).toEqual([]);
  });

  test('gives up the requests under way when it is told to, and records that', async () => {
    const stop = new AbortController();
    const abort = new AbortController();
    const model = scriptedModel((example, _, signal) => {
      if (example === 0) return replyOf('Better.');
      setImmediate(() => {
        stop.abort();
        abort.abort();
      });
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    const { error, attempts, dir } = await ask(model, 5, {
      concurrency: 2,
      stop: stop.signal,
      abort: abort.signal,
    });
    expect(error).toBeNull();
    expect(attempts.map(({ example, error }) => [example, error?.code])).toEqual([
      ['0', undefined],
      ['1', 'given_up'],
      ['2', 'given_up'],
    ]);
    expect(await outcomesOf(dir)).toEqual(['refined', ...Array(4).fill('pending')]);
    const again = await ask(
      scriptedModel((example) => (example > 0 ? replyOf('Better.') : undefined)),
      5,
      { dir, before: (run) => (run.selection as unknown[]).shift() },
    );
    expect(again.attempts.slice(3).map(({ example, attempt }) => [example, attempt])).toEqual([
      ['1', 2],
      ['2', 2],
      ['3', 1],
      ['4', 1],
    ]);
    expect(await outcomesOf(dir)).toEqual(Array(5).fill('refined'));
  });
});

describe('an attempt that cannot be saved', () => {
  const full = new EnvironmentError('environment', 'A reply could not be saved.');
  const failing = (how: 'throws' | 'rejects') => (run: OwnedRun) => {
    run.append = (attempt) => {
      if (attempt.example === '0') return Promise.resolve();
      if (how === 'throws') throw full;
      return Promise.reject(full);
    };
  };

  test.each(['throws', 'rejects'] as const)('stops the run with what saving said (%s)', async (how) => {
    const model = scriptedModel((example) => (example < 4 ? replyOf('Better.') : undefined));
    const { error, events } = await ask(model, 9, { before: failing(how) });
    expect(error).toBe(full);
    expect(events.map((event) => event.type === 'saved' && event.attempt.example)).toEqual(['0']);
  });

  test.each(['throws', 'rejects'] as const)(
    'is told of though the user had stopped the run (%s)',
    async (how) => {
      const stop = new AbortController();
      const model = scriptedModel((example) => {
        if (example === 1) stop.abort();
        return replyOf('Better.');
      });
      const { error } = await ask(model, 3, { stop: stop.signal, before: failing(how) });
      expect(error).toBe(full);
    },
  );

  test('is not called safe before it is', async () => {
    const gate = Promise.withResolvers<void>();
    const events: AskEvent[] = [];
    const model = scriptedModel(() => replyOf('Better.'));
    const asking = ask(model, 2, {
      onEvent: (event) => event.type === 'saved' && events.push(event),
      before: (run) => {
        run.append = () => gate.promise;
      },
    });
    while (model.asked.length < 2) await turn();
    expect(events).toEqual([]);
    gate.resolve();
    await asking;
    expect(events).toHaveLength(2);
  });
});

test('asking is not over before everything is safe', async () => {
  const { told } = await ask(
    scriptedModel(() => replyOf('Better.')),
    2,
    {
      before: (run) => {
        run.append = () => new Promise((resolve) => setTimeout(resolve, 30));
      },
    },
  );
  expect(told).toBe(2);
});

describe('a bug in a model', () => {
  test.each([false, true])('ends the run with its error (stopped by the user: %s)', async (stopped) => {
    const bug = new TypeError('not a function');
    const stop = new AbortController();
    const model = scriptedModel(() => {
      if (stopped) stop.abort();
      return bug;
    });
    const { error, attempts } = await ask(model, 2, { stop: stop.signal });
    expect(error).toBe(bug);
    expect(attempts).toEqual([]);
    expect(model.asked).toHaveLength(1);
  });
});

test('an attempt made in a test is one that a run accepts', () => {
  expect(ATTEMPT_FORMAT.schema.safeParse(attemptOf()).success).toBe(true);
});
