import { expect, test } from 'vitest';
import type { Plan } from '../../src/conduct/plan.js';
import type { RunRecord } from '../../src/run/read-run.js';
import { examplesNamed, fieldsOfCall, selectionOf, toPlan } from '../../src/server/call-request.js';
import type { StartChoices } from '../../src/server/start-choices.js';
import { someExamples } from '../support/run-parts.js';

const CHOICES: StartChoices = {
  models: ['m'],
  prompts: new Map(),
  checks: null,
  sending: { concurrency: 8, rpm: 100, tpm: 200, maxWait: 60, timeout: 30 },
};

test.each([
  ['nothing', {}, { rpm: 100, tpm: 200, concurrency: 8 }],
  [
    'all of it',
    {
      ...{ temperature: 0.5, maxTokens: 99, budgetUsd: 2, budgetTokens: 3 },
      ...{ requestsPerMinute: 4, tokensPerMinute: 5, concurrency: 6 },
    },
    { temperature: 0.5, maxTokens: 99, budget: 2, budgetTokens: 3, rpm: 4, tpm: 5, concurrency: 6 },
  ],
])('a request that says %s of how it sends; the rest is as the server was started', (_, body, expected) => {
  expect(fieldsOfCall({ dryRun: false, ...body }, CHOICES)).toEqual(expected);
});

test.each([
  [{}, {}],
  [{ top: 7 }, { top: { top: 7 } }],
  [{ all: true }, { all: true }],
  [
    { top: 7, all: false },
    { top: { top: 7 }, all: false },
  ],
])('the selection of %j', (body, expected) => {
  expect(selectionOf({ dataset: 'd', dryRun: false, ...body })).toEqual(expected);
});

/** A run of three examples, of which the second is in a batch at the server. */
const RUN = {
  selection: someExamples(3),
  batches: [{ intent: { batch: 'b', requests: [{ example: '1', attempt: 1 }] }, serverId: 'x', end: null }],
} as unknown as RunRecord;

test('named examples come in the order of their ids, once each, without those that a batch may still answer', () => {
  expect(examplesNamed(RUN, ['2', '1', '0', '2']).map(({ id }) => id)).toEqual(['2', '0']);
});

test('an id that is not in the run is refused by name', () => {
  expect(() => examplesNamed(RUN, ['0', '9'])).toThrow(
    expect.objectContaining({ code: 'usage', facts: { where: 'ids', found: '"9"' } }),
  );
});

const COSTS = { examples: 5, costUsd: 1, mostUsd: 4 };
const DUE = { examples: 2, costUsd: 0.25, mostUsd: 0.5 };
const JUDGING = { requests: 4, costUsd: 0.125 };

test.each([
  ['repairs and judging are added up', COSTS, JUDGING, 1.375, 4.625],
  ['without a judge there is nothing to add', COSTS, null, 1.25, 4.5],
  [
    'a price that is not known makes the sum unknown',
    { ...COSTS, costUsd: null, mostUsd: null },
    JUDGING,
    null,
    null,
  ],
  ["also a judge's", COSTS, { ...JUDGING, costUsd: null }, null, null],
])('in a plan %s', (_, estimate, judging, expectedUsd, mostUsd) => {
  const plan = { estimate, repairs: { due: DUE, most: 1 }, judging } as unknown as Plan;
  expect(toPlan('/runs/one', plan)).toEqual({ run: 'one', examples: 5, leftAlone: 0, expectedUsd, mostUsd });
});
