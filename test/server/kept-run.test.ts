import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { mostTokensOf } from '../../src/model/count-tokens.js';
import { currentVersion } from '../../src/report/compare.js';
import { recordDetail } from '../../src/report/record-detail.js';
import { chooseRecords, type RecordFilter } from '../../src/report/record-query.js';
import { recordRow } from '../../src/report/record-row.js';
import type { Attempt } from '../../src/run/attempt.js';
import { drawUpLedger } from '../../src/run/ledger.js';
import { loadLedger } from '../../src/run/load-ledger.js';
import { readRun } from '../../src/run/read-run.js';
import { recordDecisions } from '../../src/run/record-decisions.js';
import { saveRunPrompt } from '../../src/run/run-prompt.js';
import { KeptRun } from '../../src/server/kept-run.js';
import { LedgerKeeper } from '../../src/server/ledger-keeper.js';
import type { DecisionBody } from '../../src/server/parts.js';
import { burnish } from '../support/cli.js';
import { Random } from '../support/random.js';
import { REPAIR_PROMPT } from '../support/repair-prompt.js';
import {
  answer,
  attemptOf,
  decisionOf,
  makeRun,
  someExamples,
  temporaryFolder,
} from '../support/run-parts.js';

const folder = temporaryFolder();
const ALL: RecordFilter = { outcome: [], verdict: [], check: [], change: [], decision: [], q: '' };
const EXAMPLES = 5;
let made = 0;
const opened: KeptRun[] = [];

// What they put off would otherwise come when the folder is gone.
afterEach(async () => {
  for (const run of opened.splice(0)) await run.close();
});

async function openRun() {
  const dir = join(folder, `run${++made}`);
  await makeRun(dir, someExamples(EXAMPLES));
  const onFault = vi.fn();
  const run = await KeptRun.open({ dir, suiteOf: async () => DEFAULT_SUITE, onFault });
  opened.push(run);
  return { run, dir, onFault };
}

/** Waits until a run may look at its files again, and lets it. */
async function refreshed(run: KeptRun): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 110));
  await run.refresh();
}

const lineOf = (attempt: Attempt) => `${JSON.stringify(attempt)}\n`;

/** That everything the run tells is what its files tell. */
async function expectAsOnDisk(run: KeptRun, dir: string): Promise<void> {
  const record = await readRun(dir);
  const ledger = await loadLedger(record, DEFAULT_SUITE);
  expect(run.ledger()).toEqual(ledger);
  const ownOf = (id: string) => record.attempts.filter(({ example }) => example === id);
  const rows = ledger.map((entry, place) =>
    recordRow(entry, place, ownOf(entry.example.id), currentVersion(entry, DEFAULT_SUITE).findings),
  );
  for (const filter of [ALL, { ...ALL, outcome: ['kept'] as const }]) {
    const { rows: chosen, facets } = chooseRecords(rows, filter, 'change', () => true);
    expect(await run.query(filter, 'change', 1, 2)).toEqual({
      total: chosen.length,
      rows: chosen.slice(0, 2),
      facets,
    });
  }
  for (const [place, entry] of ledger.entries()) {
    const { id } = entry.example;
    expect(run.detail(id)).toEqual(recordDetail(entry, place, ownOf(id), DEFAULT_SUITE));
  }
}

describe('a run that others write to', () => {
  test.each([1, 2, 3, 4])(
    'tells after each step what its files tell (random sequence %i)',
    { timeout: 30_000 },
    async (seed) => {
      const random = new Random(seed);
      const { run, dir } = await openRun();
      const path = join(dir, 'attempts.jsonl');
      const counts = new Map<string, number>();
      const attempt = (): Attempt => {
        const example = String(random.below(EXAMPLES));
        const number = (counts.get(example) ?? 0) + 1;
        counts.set(example, number);
        const common = { example, attempt: number, session: random.pick(['s1', 's2']), resendsLeft: 0 };
        return random.below(4) === 0
          ? attemptOf({ ...common, fault: ['transport', 'server_error', 'down'] })
          : attemptOf({ ...common, raw: answer(random.pick(['A better one.', 'Original 1.', 'No', ''])) });
      };
      /** The end of a line that is not written yet. */
      let rest = '';
      for (let step = 0; step < 12; step++) {
        switch (random.below(4)) {
          case 0: {
            const example = String(random.below(EXAMPLES));
            const action = random.pick(['reject', 'undo'] as const);
            await recordDecisions(dir, [decisionOf({ example, action })]);
            await refreshed(run);
            break;
          }
          case 1:
            await run
              .decide(
                String(random.below(EXAMPLES)),
                random.pick<DecisionBody>([
                  { action: 'accept' },
                  { action: 'edit', text: 'Mine.' },
                  { action: 'undo' },
                ]),
              )
              .catch(() => {}); // not every one makes sense
            break;
          default: {
            rest += lineOf(attempt()) + lineOf(attempt());
            const written = rest.length - random.below(60);
            appendFileSync(path, rest.slice(0, written));
            rest = rest.slice(written);
            await refreshed(run);
          }
        }
        await expectAsOnDisk(run, dir);
      }
    },
  );

  test('shows what was decided on the command line', { timeout: 30_000 }, async () => {
    const { run, dir } = await openRun();
    appendFileSync(
      join(dir, 'attempts.jsonl'),
      lineOf(attemptOf({ example: '1', raw: answer('A better one.') })),
    );
    await refreshed(run);
    const told: (readonly string[])[] = [];
    run.onChange((ids) => told.push(ids));
    const { status, stderr } = await burnish(['decide', dir, '--ids', '1,3', '--reject'], { cwd: folder });
    expect(status, stderr).toBe(0);
    await refreshed(run);
    expect(told).toEqual([['1', '3']]);
    await expectAsOnDisk(run, dir);
    await run.decide('3', { action: 'undo' });
    expect(run.detail('3').row).toMatchObject({ outcome: 'pending', decision: null });
  });

  test('knows what was noted of requests since it was opened', async () => {
    const { run, dir } = await openRun();
    await saveRunPrompt(dir, REPAIR_PROMPT);
    const first = attemptOf({ raw: answer('Original 0.') });
    const repair = attemptOf({ attempt: 2, purpose: 'repair', prompt: REPAIR_PROMPT.hash });
    appendFileSync(join(dir, 'attempts.jsonl'), lineOf(first) + lineOf(repair));
    await refreshed(run);
    const { messages, doubt } = await run.promptSent('0', 2);
    expect(doubt).toContain('nothing was noted');
    const reserved = { promptTokens: mostTokensOf(messages), completionTokens: 9, usd: null };
    const sent = { v: 1, example: '0', attempt: 2, session: 's1', model: 'small-model', reserved };
    appendFileSync(join(dir, 'sent.jsonl'), `${JSON.stringify(sent)}\n`);
    expect(await run.promptSent('0', 2)).toEqual({ messages, doubt: null });
  });
});

describe('decisions', () => {
  test('made at the same time are taken one after the other', async () => {
    const { run, dir } = await openRun();
    await run.decide('0', { action: 'reject' });
    await run.decide('0', { action: 'edit', text: 'Mine.' });
    const undo = () => run.decide('0', { action: 'undo' });
    const results = await Promise.allSettled([undo(), undo(), undo()]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(run.detail('0').decision).toBeNull();
    await expectAsOnDisk(run, dir);
  });

  test('go on after one that was refused', async () => {
    const { run } = await openRun();
    const refused = run.decide('0', { action: 'undo' });
    const next = run.decide('0', { action: 'reject' });
    await expect(refused).rejects.toThrow('no decision to take back');
    expect((await next).decision).toMatchObject({ action: 'reject' });
  });
});

describe('the ledger file', () => {
  const [example] = someExamples(1);
  const ledgerOf = (decided: boolean) =>
    drawUpLedger(
      {
        selection: example === undefined ? [] : [example],
        attempts: [],
        decisions: new Map(
          decided
            ? [['0', { v: 1, example: '0', at: '2025-01-02T03:04:05.000Z', action: 'reject' } as const]]
            : [],
        ),
      },
      { onFlag: 'keep', onFail: 'keep' },
      () => 'better-answer',
    );

  afterEach(() => {
    vi.useRealTimers();
  });

  test('is written once for changes that come close together, and whole when the keeper is closed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const dir = join(folder, `keeper${++made}`);
    mkdirSync(dir);
    let isDecided = false;
    const ledger = vi.fn(() => ledgerOf(isDecided));
    const keeper = new LedgerKeeper(join(dir, 'ledger.jsonl'), ledger, () => {});
    keeper.changed();
    keeper.changed();
    vi.advanceTimersByTime(2000);
    // It is being written now; this comes after.
    isDecided = true;
    keeper.changed();
    await keeper.close();
    expect(ledger).toHaveBeenCalledTimes(2);
    expect(readdirSync(dir)).toEqual(['ledger.jsonl']);
    expect(readFileSync(join(dir, 'ledger.jsonl'), 'utf8')).toContain('"outcome":"kept"');
    await keeper.close();
    expect(ledger).toHaveBeenCalledTimes(2);
  });

  test('that cannot be written is told of, and tried again with the next change', async () => {
    const dir = join(folder, `keeper${++made}`);
    const onFault = vi.fn();
    const keeper = new LedgerKeeper(join(dir, 'ledger.jsonl'), () => ledgerOf(false), onFault);
    keeper.changed();
    await keeper.close();
    expect(onFault).toHaveBeenCalledTimes(1);
    mkdirSync(dir);
    keeper.changed();
    await keeper.close();
    expect(readdirSync(dir)).toEqual(['ledger.jsonl']);
  });
});
