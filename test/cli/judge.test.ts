import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JudgeOrder } from '../../src/judge/index.js';
import { type Answer, answerCompletion, answerError, stallBeforeHeaders } from '../support/chat-server.js';
import { type JudgeWords, judgeAnswer } from '../support/judge-words.js';
import { makeRows, type Row, refinedText, reply, type Scene, type Script, setScene } from './scene.js';

/** What the judge writes when it is asked about the example with this instruction, the texts in this order. */
type JudgeScript = (instruction: string, order: JudgeOrder) => JudgeWords | string | Answer;

/** A request that the judge got: the number of the task, and which text stood first. */
interface Asked {
  readonly task: number;
  readonly order: JudgeOrder;
}

interface JudgeScene extends Scene {
  judged(): Asked[];
}

/** A scene whose server answers as the judge where it is asked to compare, and by `script` elsewhere. */
async function setJudgeScene(
  judge: JudgeScript,
  { rows = makeRows(4), script = () => undefined, env = {} }: Parameters<typeof setScene>[0] = {},
): Promise<JudgeScene> {
  const judged: Asked[] = [];
  const both: Script = (instruction, request) => {
    const first = /<text_a>\n([\s\S]*?)\n<\/text_a>/.exec(request.message)?.[1];
    if (first === undefined) return script(instruction, request);
    const order = first === originalOf(rows, instruction) ? 'original-first' : 'refined-first';
    judged.push({ task: Number(instruction.slice(5)), order });
    const words = judge(instruction, order);
    if (typeof words === 'function') return words;
    return answerCompletion(typeof words === 'string' ? words : judgeAnswer(words, order));
  };
  const scene = await setScene({ rows, script: both, env });
  return { ...scene, judged: () => judged.splice(0) };
}

function originalOf(rows: readonly Row[], instruction: string): unknown {
  return rows.find((row) => row.instruction === instruction)?.output;
}

const WORSE: JudgeWords = {
  better: { text: 'original', quote: 'since their weight holds them', why: 'It is thin.' },
};
const byTask = (asked: readonly Asked[]) =>
  asked.map(({ task, order }) => `${task} ${order}`).sort((a, b) => (a < b ? -1 : 1));

function ledgerOf(scene: Scene): unknown[] {
  return scene.lines('ledger.jsonl').map(({ id, outcome, checks }) => [id, outcome, checks]);
}

describe('refine --judge', () => {
  test('asks nothing of a judge by default', async () => {
    const scene = await setJudgeScene(() => 'x');
    expect((await scene.refine()).status).toBe(0);
    expect(scene.judged()).toEqual([]);
  });

  test('asks once about each reply, again the other way round where something is held against it, and flags what is said twice', async () => {
    const scene = await setJudgeScene((instruction, order) => {
      if (instruction === 'Task 1') return WORSE;
      return instruction === 'Task 2' && order === 'original-first' ? WORSE : {};
    });
    const { status, stderr } = await scene.refine('--judge', 'judge-model');
    expect({ status }, stderr).toEqual({ status: 0 });
    expect(byTask(scene.judged())).toEqual([
      '0 original-first',
      '1 original-first',
      '1 refined-first',
      '2 original-first',
      '2 refined-first',
      '3 original-first',
    ]);
    expect(ledgerOf(scene)).toEqual([
      ['0', 'refined', []],
      ['1', 'kept', ['judge_worse']],
      ['2', 'refined', ['judge_worse']],
      ['3', 'refined', []],
    ]);
    expect(scene.lines('ledger.jsonl')[1]?.reason).toContain('It is thin.');
    expect(stderr).toContain('judge-model');
    expect(stderr).toContain('4 judged');
  });

  test('records each request of the judge, with what it judged', async () => {
    const scene = await setJudgeScene(() => WORSE, { rows: makeRows(1) });
    await scene.refine('--judge', 'judge-model', '--temperature', '0.7');
    const [, ...judging] = scene.lines('attempts.jsonl');
    expect(judging).toMatchObject([
      {
        ...{ example: '0', attempt: 2, purpose: 'judge', model: 'judge-model', temperature: 0 },
        judged: { attempt: 1, order: 'original-first' },
      },
      { attempt: 3, purpose: 'judge', judged: { attempt: 1, order: 'refined-first' } },
    ]);
    expect(readdirSync(join(scene.runFolder(), 'prompts'))).toContain(`${judging[0]?.prompt}.md`);
    const { body } = scene.server.requests.at(-1) ?? {};
    expect(body).toMatchObject({ model: 'judge-model', temperature: 0 });
    expect(body).not.toHaveProperty('response_format');
  });

  test('asks nothing twice, and remembers the judge', async () => {
    const scene = await setJudgeScene(() => WORSE);
    await scene.refine('--limit', '2', '--judge', 'judge-model');
    expect(new Set(scene.judged().map(({ task }) => task))).toEqual(new Set([0, 1]));
    expect((await scene.refine()).status).toBe(0);
    expect(new Set(scene.judged().map(({ task }) => task))).toEqual(new Set([2, 3]));
    expect((await scene.refine('--judge', 'another')).status).toBe(0);
    expect(scene.judged()).toEqual([]);
    expect(scene.lines('attempts.jsonl')).toHaveLength(12);
  });

  test('--judge none takes it away, and what was judged stays', async () => {
    const scene = await setJudgeScene(() => WORSE, { rows: makeRows(2) });
    await scene.refine('--limit', '1', '--judge', 'judge-model');
    scene.judged();
    expect((await scene.refine('--judge', 'none')).status).toBe(0);
    expect(scene.judged()).toEqual([]);
    expect(ledgerOf(scene)).toEqual([
      ['0', 'kept', ['judge_worse']],
      ['1', 'refined', []],
    ]);
  });

  test('can be begun on a run that is finished', async () => {
    const scene = await setJudgeScene(() => WORSE, { rows: makeRows(3) });
    await scene.refine('-o', 'out.json');
    await scene.run('decide', '--ids', '1', '--accept');
    const { status } = await scene.refine('--judge', 'judge-model');
    expect(status).toBe(0);
    expect(byTask(scene.judged())).toEqual([
      '0 original-first',
      '0 refined-first',
      '2 original-first',
      '2 refined-first',
    ]);
    const outputs = JSON.parse(scene.read('out.json')).map(({ output }: { output: string }) => output);
    expect(outputs).toEqual([makeRows(3)[0]?.output, refinedText('Task 1'), makeRows(3)[2]?.output]);
  });

  test.each([
    [
      ['--judge', 'judge-model'],
      [0, 3],
    ],
    [
      ['--judge', 'judge-model', '--judge-all'],
      [0, 2, 3],
    ],
  ])('%j judges the tasks %j, where 1 has no text and rules fail 2', async (args, tasks) => {
    const scene = await setJudgeScene(() => ({}), {
      script: (instruction) => {
        if (instruction === 'Task 1') return answerCompletion('A critique.');
        if (instruction === 'Task 2')
          return answerCompletion(reply("I'm sorry, but I can't assist with that."));
        return instruction === 'Task 3'
          ? answerCompletion(reply('Flagged.\n[End of Better Answer]'))
          : undefined;
      },
    });
    expect((await scene.refine(...args)).status).toBe(0);
    expect(
      scene
        .judged()
        .map(({ task }) => task)
        .sort(),
    ).toEqual(tasks);
  });

  test('does not have the original compared with itself', async () => {
    const rows = makeRows(1);
    const scene = await setJudgeScene(() => ({}), {
      rows,
      script: (instruction) => answerCompletion(reply(String(originalOf(rows, instruction)))),
    });
    expect((await scene.refine('--judge', 'judge-model')).status).toBe(0);
    expect(scene.judged()).toEqual([]);
  });

  test('judges replies to a retry, too', async () => {
    let text = 'A first answer, which is not so good.';
    const scene = await setJudgeScene(
      (_, order) =>
        text.startsWith('A first')
          ? { better: { text: 'original', quote: 'which is not so good', why: order } }
          : {},
      { rows: makeRows(1), script: () => answerCompletion(reply(text)) },
    );
    await scene.refine('--judge', 'judge-model');
    expect(ledgerOf(scene)).toEqual([['0', 'kept', ['judge_worse']]]);
    scene.judged();
    text = 'A second answer, which is better than the first.';
    expect((await scene.run('retry', '--flagged')).status).toBe(0);
    expect(byTask(scene.judged())).toEqual(['0 original-first']);
    expect(ledgerOf(scene)).toEqual([['0', 'refined', []]]);
    expect(scene.lines('attempts.jsonl').at(-1)).toMatchObject({ judged: { attempt: 4 } });
  });

  test.each([
    [['--repair', '1', '--repair-flagged'], 'refined', 1],
    [['--repair', '1'], 'kept', 0],
  ])('with %j what it flags ends as %s', async (args, outcome, repairs) => {
    const REPAIRED = 'A repaired answer, which nobody can object to.';
    const messages: string[] = [];
    const scene = await setJudgeScene(() => (messages.length > 1 ? {} : WORSE), {
      rows: makeRows(1),
      script: (instruction, { message }) => {
        messages.push(message);
        return answerCompletion(reply(messages.length > 1 ? REPAIRED : refinedText(instruction)));
      },
    });
    expect((await scene.refine('--judge', 'judge-model', ...args)).status).toBe(0);
    expect(scene.lines('ledger.jsonl')[0]?.outcome).toBe(outcome);
    const purposes = scene.lines('attempts.jsonl').map(({ purpose }) => purpose);
    expect(purposes).toEqual(['first', 'judge', 'judge', ...Array(repairs).fill(['repair', 'judge']).flat()]);
    if (repairs > 0) expect(messages[1]).toContain('The judge prefers the original');
  });

  test('judges after a retry only what was asked again', async () => {
    const scene = await setJudgeScene(() => ({}));
    await scene.refine();
    await scene.refine('--limit', '1', '--judge', 'judge-model');
    scene.judged();
    expect((await scene.run('retry', '--ids', '2')).status).toBe(3);
    expect(byTask(scene.judged())).toEqual(['2 original-first']);
  });

  test('--judge-all without a judge is refused before anything is sent', async () => {
    const scene = await setJudgeScene(() => ({}));
    const { status, stderr } = await scene.refine('--judge-all');
    expect(status).toBe(2);
    expect(stderr).toContain('--judge MODEL');
    expect(scene.asked()).toEqual([]);
  });

  test("a judge of a provider whose key is missing is refused before anything is sent, and not asked for at the run's server", async () => {
    const scene = await setJudgeScene(() => ({}));
    const { status, stderr } = await scene.refine('--judge', 'anthropic:some-model');
    expect(status).toBe(2);
    expect(stderr).toContain('ANTHROPIC_API_KEY');
    expect(scene.asked()).toEqual([]);
  });
});

describe('a judge that is no good', () => {
  test('counts for nothing when it lies about what the texts say', async () => {
    const lies: JudgeWords = {
      refined: {
        artefact: { present: false, quote: 'In this essay I will', why: 'It is an outline.' },
        missing: [{ quote: 'a passage that no text has', why: 'Gone.' }],
        invented: [{ quote: 'the year 1492', why: 'Wrong.' }],
        broken: [{ constraint: 'in three words', quote: '', why: 'Too long.' }],
      },
      better: { text: 'original', quote: 'a brilliant opening', why: 'It shines.' },
    };
    const scene = await setJudgeScene(() => lies);
    expect((await scene.refine('--judge', 'judge-model')).status).toBe(0);
    expect(scene.judged()).toHaveLength(4);
    expect(ledgerOf(scene)).toEqual(['0', '1', '2', '3'].map((id) => [id, 'refined', ['judge_unreadable']]));
  });

  test.each([
    ['writes prose', 'The second text is better, I think.'],
    ['writes nothing', ''],
    ['writes broken JSON', '{"A": {"artefact": {"present": fal'],
    ['never ends its reasoning', '<think>The first text'],
  ])('counts for nothing when it %s, and is not asked again', async (_, raw) => {
    const scene = await setJudgeScene(() => raw, { rows: makeRows(2) });
    expect((await scene.refine('--judge', 'judge-model')).status).toBe(0);
    expect(ledgerOf(scene)).toEqual(['0', '1'].map((id) => [id, 'refined', ['judge_unreadable']]));
    scene.judged();
    expect((await scene.refine()).status).toBe(0);
    expect(scene.judged()).toEqual([]);
  });

  test('is told of in the list of findings, and what it writes obeys nobody', async () => {
    const why = 'It is\u001b[31m red\n\u202eand reversed';
    const scene = await setJudgeScene(
      () => ({ better: { text: 'original', quote: 'since their weight holds them', why } }),
      { rows: makeRows(1) },
    );
    await scene.refine('--judge', 'judge-model');
    const { stdout } = await scene.run('diff', '--id', '0');
    expect(stdout).toContain('judge_worse');
    expect(stdout).toContain('It is\\x1b[31m red \\u{202e}and reversed');
    expect(stdout).not.toContain('\u001b');
  });

  test('that refuses one example is not asked about it again', async () => {
    const scene = await setJudgeScene((instruction) =>
      instruction === 'Task 1' ? answerError(400, 'flagged by a filter') : {},
    );
    expect((await scene.refine('--judge', 'judge-model')).status).toBe(0);
    expect(ledgerOf(scene)[1]).toEqual(['1', 'refined', ['judge_unreadable']]);
    scene.judged();
    expect((await scene.refine()).status).toBe(0);
    expect(scene.judged()).toEqual([]);
  });

  test('that refuses everybody stops the run, and nothing is taken for judged', async () => {
    const scene = await setJudgeScene(() => answerError(400, 'no such parameter'), { rows: makeRows(8) });
    const { status, stderr } = await scene.refine('--judge', 'judge-model');
    expect(status).toBe(2);
    expect(stderr).toContain('no such parameter');
    expect(readdirSync(scene.runFolder())).not.toContain('refined.json');
    const judging = JSON.parse((await scene.run('status', '--json')).stdout).judging;
    expect(judging).toEqual({ model: 'judge-model', judged: 0, unjudged: 8, unusable: 0 });
    expect((await scene.refine('--judge', 'none')).status).toBe(0);
    expect(readdirSync(scene.runFolder())).toContain('refined.json');
  });

  test('whose key is wrong stops the run with the answers kept', async () => {
    const scene = await setJudgeScene(() => answerError(401, 'bad key'));
    expect((await scene.refine('--judge', 'judge-model')).status).toBe(2);
    expect(scene.lines('ledger.jsonl').map(({ outcome }) => outcome)).toEqual(Array(4).fill('refined'));
  });
});

describe('the budget', () => {
  const USAGE = { prompt_tokens: 900, completion_tokens: 100, total_tokens: 1000 };
  const metered = (rows = 4) =>
    setJudgeScene((_, order) => answerCompletion(judgeAnswer(WORSE, order), { usage: USAGE }), {
      rows: makeRows(rows),
      script: (instruction) => answerCompletion(reply(refinedText(instruction)), { usage: USAGE }),
    });

  test('holds for judging, too; the run stops with exit 4, writes no training set, and goes on with a larger one', async () => {
    const scene = await metered();
    const small = await scene.refine(
      '--max-tokens',
      '500',
      '--judge',
      'judge-model',
      '--budget-tokens',
      '13000',
    );
    expect(small.status).toBe(4);
    expect(small.stderr).toContain('stopped at the budget');
    expect(small.stderr).toMatch(/none yet, \d to be judged/);
    const before = scene.judged();
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(8);
    const larger = await scene.refine('--max-tokens', '500', '--budget-tokens', '100000');
    expect(larger.status).toBe(0);
    expect(new Set(byTask([...before, ...scene.judged()])).size).toBe(8);
    expect(scene.lines('attempts.jsonl')).toHaveLength(12);
    expect(readdirSync(scene.runFolder())).toContain('refined.json');
  });

  test('in dollars needs the price of the judge as well', async () => {
    const scene = await metered();
    const args = ['--price-in', '1', '--price-out', '1', '--budget', '5', '--judge', 'judge-model'];
    const refused = await scene.refine(...args);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('the price of judge-model');
    expect(refused.stderr).toContain('BURNISH_PRICES');
    expect(scene.asked()).toEqual([]);
  });

  test('counts each model by its own price', async () => {
    const prices = { m: price(1), 'judge-model': price(10) };
    const folder = { BURNISH_PRICES: 'prices.json' };
    const scene = await setJudgeScene(
      (_, order) => answerCompletion(judgeAnswer(WORSE, order), { usage: USAGE }),
      {
        rows: makeRows(2),
        env: folder,
        script: (instruction) => answerCompletion(reply(refinedText(instruction)), { usage: USAGE }),
      },
    );
    writeFileSync(join(scene.folder, 'prices.json'), JSON.stringify(prices));
    const { status, stdout } = await scene.refine('--budget', '5', '--judge', 'judge-model', '--json');
    expect(status).toBe(0);
    const { spending, committed } = JSON.parse(stdout);
    expect(spending.byModel.m.costUsd).toBeCloseTo(0.002);
    expect(spending.byModel['judge-model'].costUsd).toBeCloseTo(0.04);
    expect(spending.byPurpose.judge).toMatchObject({ sent: 4, completionTokens: 400 });
    expect(committed.usd).toBeCloseTo(0.042);
  });

  test('uses the price given for the run where the judge is the same model', async () => {
    const scene = await metered(1);
    const { status, stdout } = await scene.refine(
      '--price-in',
      '1',
      '--price-out',
      '1',
      '--judge',
      'm',
      '--json',
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout).spending.costUsd).toBeCloseTo(0.003);
  });

  test('a dry run tells of judging, and sends nothing', async () => {
    const scene = await metered();
    const { status, stdout } = await scene.refine('--judge', 'judge-model', '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain('judging:   up to 8 requests to judge-model');
    const json = await scene.refine('--judge', 'judge-model', '--dry-run', '--json');
    expect(JSON.parse(json.stdout).plan.judging).toMatchObject({
      model: 'judge-model',
      requests: 8,
      costUsd: null,
    });
    expect(scene.asked()).toEqual([]);
  });

  function price(usd: number): object {
    return { inputUsdPerMTok: usd, outputUsdPerMTok: usd };
  }
});

describe('a call that is cut off while judging', () => {
  test('goes on where it was when the process was killed', async () => {
    let stalled = true;
    const scene = await setJudgeScene((instruction) =>
      stalled && instruction === 'Task 3' ? stallBeforeHeaders() : WORSE,
    );
    const running = scene.startRefine('--judge', 'judge-model', '--concurrency', '1');
    await running.says('judging:');
    while (scene.asked().length < 8) await new Promise((resolve) => setTimeout(resolve, 20));
    running.kill('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    stalled = false;
    const before = scene.judged();
    expect(byTask(before)).toEqual([0, 1, 2, 3].map((task) => `${task} original-first`));
    expect((await scene.refine()).status).toBe(0);
    expect(byTask(scene.judged())).toEqual([
      ...['0', '1', '2'].map((task) => `${task} refined-first`),
      '3 original-first',
      '3 refined-first',
    ]);
    expect(ledgerOf(scene)).toEqual(['0', '1', '2', '3'].map((id) => [id, 'kept', ['judge_worse']]));
  });

  test('ends with 130 when it was interrupted', async () => {
    const scene = await setJudgeScene((instruction) =>
      instruction === 'Task 0' ? {} : stallBeforeHeaders(),
    );
    const running = scene.startRefine('--judge', 'judge-model', '--concurrency', '4');
    await running.says('judging:');
    while (scene.asked().length < 8) await new Promise((resolve) => setTimeout(resolve, 20));
    running.kill('SIGINT');
    await running.says('Stopping');
    running.kill('SIGINT');
    const { status, stderr } = await running.ended;
    expect(status).toBe(130);
    expect(stderr).toContain('1 judged, 3 to be judged');
    expect(readdirSync(scene.runFolder())).not.toContain('refined.json');
    const exported = await scene.run('export', '-o', 'out.json');
    expect(exported.status).toBe(3);
    expect(exported.stderr).toContain('warning: 3 examples with a reply that is still to be judged');
    expect(JSON.parse(scene.read('out.json'))).toHaveLength(4);
  });
});
