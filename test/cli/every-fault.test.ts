import { expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { loadLedger } from '../../src/run/load-ledger.js';
import { readRun } from '../../src/run/read-run.js';
import { FAULTY_REPLIES } from '../fixtures/faulty-replies.js';
import { answerCompletion } from '../support/chat-server.js';
import { namesFindings, reply, setScene } from './scene.js';

/** Faults that a training set can live with: they are noted, and nothing is asked again for them. */
const HARMLESS = ['near_copy', 'comparative_opener', 'self_praise'];

const ROWS = FAULTY_REPLIES.map(({ instruction, response }) => ({
  instruction,
  input: '',
  output: response,
}));

async function refineAll() {
  const scene = await setScene({
    rows: ROWS,
    script: (instruction, { message }) => {
      const faulty = FAULTY_REPLIES.find((example) => example.instruction === instruction);
      if (faulty === undefined) throw new Error(`no reply for ${instruction}`);
      const { text, mended, finishReason = 'stop' } = faulty;
      if (namesFindings(message) && mended !== null) return answerCompletion(reply(mended));
      return answerCompletion(faulty.reply ?? reply(text), { finishReason });
    },
  });
  const { status } = await scene.refine('--repair', '1', '--repair-flagged', '-o', 'out.json');
  return { scene, status };
}

test('every fault is found, what can be repaired is repaired, and the rest is in the ledger with its reason', async () => {
  const { scene, status } = await refineAll();
  expect(status).toBe(0);
  const ledger = scene.lines('ledger.jsonl');
  const output = JSON.parse(scene.read('out.json')) as { output: string }[];
  expect(ledger).toHaveLength(FAULTY_REPLIES.length);

  const attempts = scene.lines('attempts.jsonl');
  const entries = await loadLedger(await readRun(scene.runFolder()), DEFAULT_SUITE);
  for (const [place, { check, text, mended, response }] of FAULTY_REPLIES.entries()) {
    const id = String(place);
    const line = ledger[place];
    const [first] = entries[place]?.assessed ?? [];
    expect(first?.findings.map((finding) => finding.check)).toContain(check);
    const isHarmless = HARMLESS.includes(check);
    const own = attempts.filter(({ example }) => example === id);
    expect(
      own.map(({ purpose }) => purpose),
      check,
    ).toEqual(isHarmless ? ['first'] : ['first', 'repair']);
    const expected = isHarmless
      ? { outcome: 'refined', attempt: 1, reason: null }
      : mended === null
        ? { outcome: 'kept', reason: expect.stringContaining(`${check}: `) }
        : { outcome: 'refined', attempt: 2, verdict: 'pass' };
    expect(line, check).toMatchObject({ id, ...expected });
    expect(output[place]?.output, check).toBe(isHarmless ? text : (mended ?? response));
  }
}, 120_000);
