import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import type { ModelErrorCode } from '../../src/model/model-error.js';
import { createOpenAiModel } from '../../src/model/openai.js';
import { Breaker } from '../../src/pace/breaker.js';
import { Budget } from '../../src/pace/budget.js';
import { Gate } from '../../src/pace/gate.js';
import { DEFAULT_RESEND_POLICY } from '../../src/pace/resend.js';
import { StallWatch } from '../../src/pace/stall-watch.js';
import { askExamples } from '../../src/run/ask.js';
import { countOutcomes } from '../../src/run/ledger.js';
import { loadLedger } from '../../src/run/load-ledger.js';
import { ownRun } from '../../src/run/own-run.js';
import { readRun } from '../../src/run/read-run.js';
import { addUp } from '../../src/run/spending.js';
import { refinementTask } from '../../src/run/task.js';
import {
  type Answer,
  answerBrokenJson,
  answerCompletion,
  answerEmptyBody,
  answerError,
  answerErrorIn200,
  answerHtml,
  answerJson,
  answerShortOfContentLength,
  completionBody,
  cutBody,
  resetConnection,
  stallAfterHeaders,
  stallBeforeHeaders,
  stallMidBody,
  startChatServer,
} from '../support/chat-server.js';
import { Random } from '../support/random.js';
import { answer, FIRST, makeRun, someExamples, temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
const EXAMPLES = 1000;
const FAULTY_PERCENT = 30;
const USAGE = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };

type Fault = readonly [answer: () => Answer, code: ModelErrorCode, tokens: number];

/** Everything that a server can do wrong and that passes, what it counts as, and the tokens it tells of. */
const faults: readonly [Fault, ...Fault[]] = [
  [stallBeforeHeaders, 'timeout', 0],
  [() => stallAfterHeaders(), 'timeout', 0],
  [stallMidBody, 'timeout', 0],
  [cutBody, 'malformed_reply', 0],
  [answerShortOfContentLength, 'malformed_reply', 0],
  [answerBrokenJson, 'malformed_reply', 0],
  [answerEmptyBody, 'malformed_reply', 0],
  [() => answerHtml('Gateway'), 'malformed_reply', 0],
  [() => answerErrorIn200('upstream failed', USAGE), 'malformed_reply', 110],
  [() => answerJson(200, { ...completionBody(''), choices: [], usage: USAGE }), 'malformed_reply', 110],
  [() => answerCompletion(null, { usage: USAGE }), 'malformed_reply', 110],
  [resetConnection, 'connection', 0],
  [() => answerError(500, 'oops'), 'server_error', 0],
  [() => answerError(503, 'overloaded', { headers: { 'retry-after-ms': '5' } }), 'server_error', 0],
  [() => answerError(429, 'slow down', { headers: { 'retry-after-ms': '5' } }), 'rate_limited', 0],
];

test('with 30 % of all answers faulty in every way, 1,000 of 1,000 examples end well, and every sum is right', async () => {
  const random = new Random(20);
  const played = new Map<ModelErrorCode, number>();
  let tokensOfFaults = 0;
  const server = await startChatServer(() => {
    if (random.below(100) >= FAULTY_PERCENT) return answerCompletion(answer('Better.'), { usage: USAGE });
    const [make, code, tokens] = random.pick(faults);
    played.set(code, (played.get(code) ?? 0) + 1);
    tokensOfFaults += tokens;
    return make();
  });
  onTestFinished(() => server.close());
  const dir = await makeRun(join(folder, 'run'), someExamples(EXAMPLES));
  const run = await ownRun(dir);
  const model = createOpenAiModel({
    name: 'small-model',
    baseUrl: server.url,
    timeoutMs: 3000,
    concurrency: 64,
  });
  const maxWaitMs = 60_000;
  const tasks = run.selection.map((example) => refinementTask(example, FIRST));
  await askExamples(run, tasks, {
    model,
    price: null,
    gate: new Gate({ concurrency: 64, requestsPerMinute: null, tokensPerMinute: null, maxWaitMs }),
    budget: new Budget({ tokens: null, usd: null }, { tokens: 0, usd: 0 }),
    breaker: new Breaker(),
    stalls: new StallWatch(),
    countPrompt: () => 100,
    maxWaitMs,
    resends: { ...DEFAULT_RESEND_POLICY, firstWaitMs: 1, longestWaitMs: 10 },
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    onEvent: () => {},
  });
  await run.close();
  await model.close();

  const record = await readRun(dir);
  expect(countOutcomes(await loadLedger(record, DEFAULT_SUITE))).toMatchObject({ refined: EXAMPLES });
  expect(record.attempts).toHaveLength(server.requests.length);
  expect(record.sent).toHaveLength(server.requests.length);
  const counted = new Map<string, number>();
  for (const { error } of record.attempts) {
    if (error !== null) counted.set(error.code, (counted.get(error.code) ?? 0) + 1);
  }
  expect([...counted].sort()).toEqual([...played].sort());
  const { promptTokens, completionTokens, sent, faults: failed } = addUp(record.attempts);
  expect(promptTokens + completionTokens).toBe(EXAMPLES * 110 + tokensOfFaults);
  expect(sent - failed).toBe(EXAMPLES);
}, 120_000);
