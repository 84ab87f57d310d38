import { expect, test } from 'vitest';
import { FAIL_POLICIES, FLAG_POLICIES } from '../../src/run/policies.js';
import { answerCompletion, answerError } from '../support/chat-server.js';
import { makeRows, refinedText, reply, type Scene, setScene } from './scene.js';

const FLAGGED = 'Flagged.\n[End of Better Answer]';
const [, one, two, three] = makeRows(4).map(({ output }) => String(output));
const zero = refinedText('Task 0');

/** Task 0 passes, Task 1 is flagged, Task 2 brings no answer, Task 3 is refused by the server. */
const script = (instruction: string) => {
  if (instruction === 'Task 1') return answerCompletion(reply(FLAGGED));
  if (instruction === 'Task 2') return answerCompletion('A critique and nothing else.');
  return instruction === 'Task 3' ? answerError(400, 'no, thanks') : undefined;
};

const FLAG_REASON = expect.stringMatching(/^marker_residue: /);
const FAIL_REASON = expect.stringMatching(/^no_answer: /);
const REFUSED = 'refused by the server: bad_request: no, thanks';

const ON_FLAG = {
  keep: { outcome: 'kept', rows: [one], waits: false },
  use: { outcome: 'refined', rows: [FLAGGED], waits: false },
  drop: { outcome: 'dropped', rows: [], waits: false },
  block: { outcome: 'blocked', rows: [], waits: true },
};
const ON_FAIL = {
  keep: { outcome: 'kept', rows: [two, three], waits: false },
  drop: { outcome: 'dropped', rows: [], waits: false },
  block: { outcome: 'blocked', rows: [], waits: true },
};
const COMBINATIONS = FLAG_POLICIES.flatMap((onFlag) => FAIL_POLICIES.map((onFail) => ({ onFlag, onFail })));

const outputsOf = (scene: Scene, path: string): unknown[] =>
  JSON.parse(scene.read(path)).map(({ output }: { output: unknown }) => output);

/** What the ledger has to say under these policies, and how a command has to end. */
function expected(onFlag: keyof typeof ON_FLAG, onFail: keyof typeof ON_FAIL) {
  const [flag, fail] = [ON_FLAG[onFlag], ON_FAIL[onFail]];
  return {
    status: flag.waits || fail.waits ? 3 : 0,
    outputs: [zero, ...flag.rows, ...fail.rows],
    lines: [
      { id: '0', outcome: 'refined', verdict: 'pass', reason: null },
      { id: '1', outcome: flag.outcome, verdict: 'flag', reason: FLAG_REASON },
      { id: '2', outcome: fail.outcome, verdict: 'fail', reason: FAIL_REASON },
      { id: '3', outcome: fail.outcome, verdict: 'fail', reason: REFUSED },
    ],
  };
}

/** Checks what `--json` prints of the ledger: the outcomes sum to the selection, and every example is accounted for. */
function requireAccount(stdout: string, lines: readonly { readonly outcome: string }[]): void {
  const { outcomes, notRefined } = JSON.parse(stdout);
  expect(notRefined).toMatchObject(lines.filter(({ outcome }) => outcome !== 'refined'));
  expect(Object.values<number>(outcomes).reduce((total, count) => total + count, 0)).toBe(lines.length);
  expect(outcomes.refined).toBe(lines.length - notRefined.length);
}

test.each(COMBINATIONS)(
  '--on-flag $onFlag --on-fail $onFail gives each example its outcome and reason, and its row or none',
  async ({ onFlag, onFail }) => {
    const scene = await setScene({ rows: makeRows(4), script });
    const { status, outputs, lines } = expected(onFlag, onFail);
    const args = ['--on-flag', onFlag, '--on-fail', onFail, '-o', 'out.json', '--json'];
    const ended = await scene.refine(...args);
    expect(ended.status).toBe(status);
    expect(outputsOf(scene, 'out.json')).toEqual(outputs);
    expect(scene.lines('ledger.jsonl')).toMatchObject(lines);
    requireAccount(ended.stdout, lines);
  },
);

test('without a word both keep the original, and an answered run changes with the policy alone', async () => {
  const scene = await setScene({ rows: makeRows(4), script });
  expect((await scene.refine('-o', 'out.json')).status).toBe(0);
  expect(outputsOf(scene, 'out.json')).toEqual([zero, one, two, three]);
  scene.forget();
  for (const [onFlag, onFail] of [
    ['drop', 'drop'],
    ['use', 'block'],
  ] as const) {
    const { status, outputs } = expected(onFlag, onFail);
    expect((await scene.refine('--on-flag', onFlag, '--on-fail', onFail)).status).toBe(status);
    expect(outputsOf(scene, 'out.json')).toEqual(outputs);
  }
  expect(scene.asked()).toEqual([]);
});

test('status and export go by the policies of the run', async () => {
  const scene = await setScene({ rows: makeRows(4), script });
  const { status, outputs, lines } = expected('drop', 'block');
  await scene.refine('--on-flag', 'drop', '--on-fail', 'block');
  for (const args of [['status'], ['export', '-o', 'out.json']]) {
    const ended = await scene.run(...args, '--json');
    expect(ended.status).toBe(status);
    requireAccount(ended.stdout, lines);
  }
  expect(outputsOf(scene, 'out.json')).toEqual(outputs);
});

test('status and export tell people the outcome and the reason of each example that is not refined', async () => {
  const scene = await setScene({ rows: makeRows(4), script });
  await scene.refine('--on-flag', 'drop', '--on-fail', 'block');
  const status = await scene.run('status', '--all');
  const exported = await scene.run('export', '-o', 'out.json');
  for (const text of [status.stdout, exported.stderr]) {
    expect(text).toMatch(/^ +1 +dropped +marker_residue: /m);
    expect(text).toMatch(/^ +2 +blocked +no_answer: /m);
    expect(text).toMatch(/^ +3 +blocked +refused by the server: bad_request: no, thanks$/m);
    expect(text).toMatch(/^ +refined +1 /m);
  }
});
