import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerCompletion } from '../support/chat-server.js';
import { makeRows, refinedText, reply, type Scene, setScene } from './scene.js';

const USAGE = { prompt_tokens: 900, completion_tokens: 100, total_tokens: 1000 };
/** 0.001 USD a reply of `USAGE`; at most about 0.0055 with 512 tokens of completion. */
const PRICES = ['--price-in', '1', '--price-out', '1'];

/** A server that uses 1,000 tokens for every reply. */
const meteredScene = (rows = 12) =>
  setScene({
    rows: makeRows(rows),
    script: (instruction) => answerCompletion(reply(refinedText(instruction)), { usage: USAGE }),
  });

/** What the server has counted, whether the program knows of it or not. */
const usedTokens = (scene: Scene) => scene.asked().length * 1000;

const status = async (scene: Scene) => JSON.parse((await scene.run('status', '--json')).stdout);

describe('--budget-tokens', () => {
  test('is never passed; the run stops with exit 4 and goes on with a larger one', async () => {
    const scene = await meteredScene();
    const small = await scene.refine('--max-tokens', '500', '--budget-tokens', '10000');
    expect(small.status).toBe(4);
    expect(small.stderr).toContain('stopped at the budget');
    expect(small.stderr).toContain('With a larger --budget-tokens it goes on.');
    expect(usedTokens(scene)).toBeLessThanOrEqual(10_000);
    expect(scene.asked().length).toBeGreaterThan(4);
    const before = scene.asked().length;

    const again = await scene.refine('--max-tokens', '500', '--budget-tokens', '10000');
    expect(again.status).toBe(4);
    expect(scene.asked()).toHaveLength(before);

    const larger = await scene.refine('--max-tokens', '500', '--budget-tokens', '100000');
    expect(larger.status).toBe(0);
    expect(scene.asked()).toHaveLength(12);
    expect(new Set(scene.asked()).size).toBe(12);
  });

  test('stays in force when the run is gone on with, also for a retry', async () => {
    const scene = await meteredScene(3);
    expect((await scene.refine('--max-tokens', '500', '--budget-tokens', '9000')).status).toBe(0);
    const retry = await scene.run('retry', '--ids', '0,1,2', '--max-tokens', '6000');
    expect(retry.status).toBe(4);
    expect(scene.asked()).toHaveLength(3);
  });
});

describe('a budget that cannot be kept', () => {
  test('is refused before it is saved, and a budget can be taken away again', async () => {
    const scene = await meteredScene(6);
    expect((await scene.refine('--limit', '1')).status).toBe(3);
    expect((await scene.run('retry', '--ids', '2', '--model', 'other')).status).toBe(3);
    const refused = await scene.refine(...PRICES, '--budget', '1');
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('the price of everything that the run has used');
    expect((await scene.refine('--limit', '1', '--budget-tokens', '100000')).status).toBe(3);
    expect((await scene.refine('--limit', '1', '--budget-tokens', '1')).status).toBe(4);
    expect((await scene.refine('--budget-tokens', 'none')).status).toBe(0);
  });
});

describe('--budget', () => {
  test('is never passed, re-sent requests included', async () => {
    let requests = 0;
    const scene = await setScene({
      rows: makeRows(20),
      script: (instruction) =>
        ++requests % 3 === 0
          ? answerCompletion(null, { usage: USAGE })
          : answerCompletion(reply(refinedText(instruction)), { usage: USAGE }),
    });
    const { status: exit } = await scene.refine('--max-tokens', '500', ...PRICES, '--budget', '0.02');
    expect(exit).toBe(4);
    expect(requests * 0.001).toBeLessThanOrEqual(0.02);
    expect(requests).toBeGreaterThan(8);
    expect((await status(scene)).committed.usd).toBeCloseTo(requests * 0.001);
  });

  test('keeps the reservation of a request that was cut off', async () => {
    const scene = await setScene({
      rows: makeRows(2),
      script: () => (response) => response.socket?.destroy(),
    });
    const ended = await scene.refine('--max-tokens', '500', ...PRICES, '--budget', '0.012');
    expect([1, 4]).toContain(ended.status);
    const { spending, committed } = await status(scene);
    expect(spending.maybeCharged).toBeGreaterThan(0);
    expect(committed.usd).toBeGreaterThan(0);
    expect(committed.usd).toBeLessThanOrEqual(0.012);
  });

  test('needs a price, and without one nothing is written or sent', async () => {
    const scene = await meteredScene();
    const { status: exit, stderr } = await scene.refine('--budget', '5');
    expect(exit).toBe(2);
    expect(stderr).toContain('A budget in dollars needs a price.');
    expect(scene.asked()).toEqual([]);
    expect(existsSync(join(scene.folder, 'runs'))).toBe(false);
  });
});

describe('a run that is expected to cost more than a dollar', () => {
  const DEAR = ['--price-in', '500', '--price-out', '500'];

  test('is not begun without a terminal, --yes or --budget; nothing is written', async () => {
    const scene = await meteredScene();
    const { status: exit, stderr } = await scene.refine(...DEAR);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/expected to cost about \$\d+\.\d\d, and nobody can be asked/);
    expect(stderr).toContain('--yes');
    expect(scene.asked()).toEqual([]);
    expect(readdirSync(scene.folder)).toEqual(['data.json']);
  });

  test.each([[['--yes']], [['--budget', '1000']]])('is begun with %s', async (more) => {
    const scene = await meteredScene(2);
    expect((await scene.refine(...DEAR, ...more)).status).toBe(0);
    expect(scene.asked()).toHaveLength(2);
  });

  test('counts only what is asked now', async () => {
    const scene = await meteredScene();
    expect((await scene.refine('--price-in', '200', '--price-out', '200', '--limit', '1')).status).toBe(3);
    expect((await scene.refine('--price-in', '200', '--price-out', '200')).status).toBe(2);
    expect(scene.asked()).toHaveLength(1);
  });
});

describe('--dry-run', () => {
  test('tells the plan, and writes and sends nothing', async () => {
    const scene = await meteredScene();
    const { status: exit, stdout } = await scene.refine('--dry-run', ...PRICES, '--rpm', '6');
    expect(exit).toBe(0);
    expect(stdout).toContain('12 to ask');
    expect(stdout).toMatch(/^in: .*tokens/m);
    expect(stdout).toMatch(/^out: .*tokens/m);
    expect(stdout).toMatch(/^cost: +about \$0\.0/m);
    expect(stdout).toMatch(/^time: +about 2m/m);
    expect(scene.asked()).toEqual([]);
    expect(readdirSync(scene.folder)).toEqual(['data.json']);
  });

  test('tells what is resumed and what a limit leaves for later, also as JSON', async () => {
    const scene = await meteredScene();
    await scene.refine('--limit', '5', ...PRICES, '--budget', '1');
    const { stdout } = await scene.refine('--dry-run', '--limit', '4', '--json');
    expect(JSON.parse(stdout).plan).toMatchObject({
      examples: 4,
      settled: 5,
      later: 3,
      budgetUsd: { limit: 1, left: expect.closeTo(0.995) },
    });
    expect(scene.asked()).toHaveLength(5);
  });

  test('shows an unknown price as unknown, not as nothing', async () => {
    const scene = await meteredScene();
    const { stdout } = await scene.refine('--dry-run');
    expect(stdout).toContain('unknown: give --price-in and --price-out');
    expect(JSON.parse((await scene.refine('--dry-run', '--json')).stdout).plan).toMatchObject({
      costUsd: null,
      price: null,
      timeMs: null,
    });
  });
});

test('prices of your own are taken from the file that BURNISH_PRICES names', async () => {
  const scene = await setScene({ rows: makeRows(1), env: { BURNISH_PRICES: 'prices.json' } });
  const { writeFileSync } = await import('node:fs');
  const prices = { m: { inputUsdPerMTok: 1000, outputUsdPerMTok: 1000 } };
  writeFileSync(join(scene.folder, 'prices.json'), JSON.stringify(prices));
  expect((await scene.refine('--yes')).status).toBe(0);
  expect((await status(scene)).spending.costUsd).toBeCloseTo(0.018);
});

test('status tells what was spent by model, by purpose and for each refined example', async () => {
  const scene = await meteredScene(4);
  await scene.refine(...PRICES);
  await scene.run('retry', '--ids', '0', '--model', 'other', '--price-in', '3', '--price-out', '3');
  const { stdout } = await scene.run('status');
  expect(stdout).toMatch(/in all +5 +4,500 +500 +\$0\.0070/);
  expect(stdout).toMatch(/m +4 +3,600 +400 +\$0\.0040/);
  expect(stdout).toMatch(/other +1 +900 +100 +\$0\.0030/);
  expect(stdout).toMatch(/first +4 /);
  expect(stdout).toMatch(/retry +1 /);
  expect(stdout).toContain('for each of 4 refined examples: $0.0018');
  expect((await status(scene)).spending).toMatchObject({
    costUsd: expect.closeTo(0.007),
    perRefinedUsd: expect.closeTo(0.00175),
    byPurpose: { retry: { sent: 1 } },
  });
});
