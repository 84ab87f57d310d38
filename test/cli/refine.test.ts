import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answerCompletion, answerError } from '../support/chat-server.js';
import { burnish } from '../support/cli.js';
import { makeRows, type Row, refinedText, reply, type Scene, setScene } from './scene.js';

function rowsOf(path: string): Record<string, unknown>[] {
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('a run', () => {
  test('ends with a training set in dataset order, a ledger, and exit status 0', async () => {
    const rows = makeRows(6);
    const scene = await setScene({ rows });
    const { status, stdout, stderr } = await scene.refine('--top', '4', '-o', 'refined.json');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(scene.asked().sort()).toEqual(['Task 2', 'Task 3', 'Task 4', 'Task 5']);
    expect(rowsOf(join(scene.folder, 'refined.json'))).toEqual(
      rows.slice(2).map((row) => ({ ...row, output: refinedText(String(row.instruction)) })),
    );
    expect(scene.lines('ledger.jsonl').map(({ id, outcome }) => [id, outcome])).toEqual([
      ['2', 'refined'],
      ['3', 'refined'],
      ['4', 'refined'],
      ['5', 'refined'],
    ]);
    for (const part of ['6 rows (alpaca)', '4 examples: the longest by words', 'refined.json (4 rows)']) {
      expect(stderr).toContain(part);
    }
  });

  test('writes its training set into its own folder unless told otherwise', async () => {
    const scene = await setScene();
    const { status } = await scene.refine();
    expect(status).toBe(0);
    expect(rowsOf(join(scene.runFolder(), 'refined.json'))).toHaveLength(6);
    expect(readdirSync(scene.folder).sort()).toEqual(['data.json', 'runs']);
  });

  test('keeps what its directory promises, and nothing else', async () => {
    const scene = await setScene();
    await scene.refine();
    expect(readdirSync(scene.runFolder()).sort()).toEqual(
      [
        ...['attempts.jsonl', 'decisions.jsonl', 'ledger.jsonl', 'prompts'],
        ...['refined.json', 'run.json', 'run.json.bak', 'selection.jsonl', 'sent.jsonl'],
      ].sort(),
    );
    expect(scene.lines('attempts.jsonl')).toHaveLength(6);
  });

  test('is asked nothing by the same command again, which writes the same bytes', async () => {
    const scene = await setScene();
    await scene.refine('-o', 'out.jsonl');
    const before = scene.read('out.jsonl');
    scene.forget();
    const { status, stderr } = await scene.refine('-o', 'out.jsonl');
    expect({ status, asked: scene.asked() }).toEqual({ status: 0, asked: [] });
    expect(stderr).toContain('going on');
    expect(scene.read('out.jsonl')).toBe(before);
  });

  test('goes on after a pilot, and asks only the rest', async () => {
    const scene = await setScene();
    const pilot = await scene.refine('--limit', '2');
    expect(pilot.status).toBe(3);
    expect(pilot.stderr).toContain('4 pending');
    expect(existsSync(join(scene.runFolder(), 'refined.json'))).toBe(false);
    const first = scene.asked();
    expect(first).toHaveLength(2);
    const rest = await scene.refine();
    expect(rest.status).toBe(0);
    expect(scene.asked().sort()).toEqual(makeRows(6).map(({ instruction }) => instruction));
  });

  test('goes on by its folder alone, with a fresh policy', async () => {
    const scene = await setScene({
      script: (instruction) =>
        instruction === 'Task 0' ? answerCompletion('There is no answer here.') : undefined,
    });
    await scene.refine('--limit', '3');
    const { status } = await scene.run('refine', '--run', scene.runFolder(), '--on-fail', 'drop');
    expect(status).toBe(0);
    expect(scene.asked()).toHaveLength(6);
    expect(rowsOf(join(scene.runFolder(), 'refined.json'))).toHaveLength(5);
  });

  test.each([
    ['another model', ['--model', 'other']],
    ['another temperature', ['--temperature', '0.7']],
    ['another selection', ['--top', '5']],
    ['another limit of tokens', ['--max-tokens', '77']],
  ])('is another one with %s', async (_, args) => {
    const scene = await setScene();
    await scene.refine();
    scene.forget();
    const { status } = await scene.refine(...args);
    expect(status).toBe(0);
    expect(scene.asked().length).toBeGreaterThanOrEqual(5);
    expect(readdirSync(join(scene.folder, 'runs'))).toHaveLength(2);
  });

  test.each([
    ['another concurrency', ['--concurrency', '1']],
    ['another timeout', ['--timeout', '9']],
    ['other prices', ['--price-in', '1', '--price-out', '2']],
    ['another policy', ['--on-fail', 'block']],
    ['another output', ['-o', 'elsewhere.json']],
  ])('is the same one with %s', async (_, args) => {
    const scene = await setScene();
    await scene.refine();
    scene.forget();
    const { status } = await scene.refine(...args);
    expect({ status, asked: scene.asked() }).toEqual({ status: 0, asked: [] });
    scene.runFolder();
  });

  test('is the same one with the same ids in another order, or twice', async () => {
    const scene = await setScene();
    await scene.refine('--ids', '1,3');
    scene.forget();
    for (const ids of ['3,1', '3,1,3']) {
      const { status } = await scene.refine('--ids', ids);
      expect({ status, asked: scene.asked() }).toEqual({ status: 0, asked: [] });
    }
    expect(scene.lines('selection.jsonl').map(({ id }) => id)).toEqual(['1', '3']);
  });

  test('refuses to be another one: --run with another identity exits with 2 and lists old and new', async () => {
    const scene = await setScene();
    await scene.refine('--run', 'mine');
    scene.forget();
    const before = readFileSync(join(scene.folder, 'mine/run.json'));
    const args = ['--run', 'mine', '--model', 'other', '--temperature', '0.5', '--top', '3'];
    for (const { status, stdout, stderr } of [
      await scene.refine(...args),
      await scene.run('refine', ...args, '--base-url', scene.server.url),
    ]) {
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('model: "m" -> "other"');
      expect(stderr).toContain('temperature: 0 -> 0.5');
      expect(stderr).toContain(
        'selection: [["by","words"],["kind","top"],["of","response"],["top",1000],["where",[]]]' +
          ' -> [["by","words"],["kind","top"],["of","response"],["top",3],["where",[]]]',
      );
    }
    expect(scene.asked()).toEqual([]);
    expect(readFileSync(join(scene.folder, 'mine/run.json'))).toEqual(before);
  });

  test('sends the prompt, the model and the sampling parameters that were asked for', async () => {
    const scene = await setScene();
    await scene.refine('--ids', '3', '--temperature', '0.3', '--max-tokens', '99');
    const [request] = scene.server.requests;
    expect(request?.body).toMatchObject({ model: 'm', temperature: 0.3, max_tokens: 99 });
    const message = request?.body.messages?.at(-1)?.content;
    for (const part of ['Task 3', 'Input 3', 'A wall of 3 stones', '[Better Answer]']) {
      expect(message).toContain(part);
    }
    expect(scene.asked()).toEqual(['Task 3']);
  });

  test('gives the same bytes whatever the concurrency', async () => {
    const scene = await setScene({ rows: makeRows(60), script: mixed });
    await scene.refine('--concurrency', '1', '--run', 'slow', '-o', 'slow.json');
    await scene.refine('--concurrency', '50', '--run', 'fast', '-o', 'fast.json');
    expect(scene.asked()).toHaveLength(120);
    expect(scene.read('fast.json')).toBe(scene.read('slow.json'));
    expect(scene.read('fast/ledger.jsonl')).toBe(scene.read('slow/ledger.jsonl'));
  });
});

/** Every kind of reply, by the number of the task; the later, the sooner. */
async function mixed(instruction: string) {
  const number = Number(instruction.split(' ')[1]);
  await new Promise((resolve) => setTimeout(resolve, (number * 37) % 11));
  if (number % 7 === 3) return answerCompletion('no answer');
  if (number % 7 === 4) return answerCompletion(reply('Cut off in the mid'), { finishReason: 'length' });
  if (number % 7 === 5) return answerCompletion(reply('One.\n[End of Better Answer]'));
  if (number % 7 === 6) return answerError(400, 'no, thanks');
  return undefined;
}

describe('files', () => {
  const extra = [
    { meta: { source: 'x', weight: 4.0 }, instruction: 'Task 0', input: '', output: 'one two', tags: ['a'] },
    { id: 12, instruction: 'Task 1', input: 'i', output: 'three four', score: 1e5, empty: null },
  ];

  test('extra fields, their order and the spelling of numbers survive', async () => {
    const scene = await setScene();
    const text =
      '{"meta":{"weight":4.0,"big":12345678901234567890},"instruction":"Task 0","input":"","output":"one two","tags":["ä",1e5]}\n';
    writeFileSync(join(scene.folder, 'data.json'), text);
    await scene.refine('-o', 'out.jsonl');
    expect(scene.read('out.jsonl')).toBe(text.replace('"one two"', JSON.stringify(refinedText('Task 0'))));
  });

  test('compressed files are read and written', async () => {
    const scene = await setScene();
    const text = extra.map((row) => `${JSON.stringify(row)}\n`).join('');
    writeFileSync(join(scene.folder, 'rows.jsonl.gz'), gzipSync(text));
    const args = ['refine', 'rows.jsonl.gz', '--model', 'm', '--base-url', scene.server.url];
    const { status } = await scene.run(...args);
    expect(status).toBe(0);
    const lines = gunzipSync(readFileSync(join(scene.runFolder(), 'refined.jsonl.gz')))
      .toString()
      .split('\n');
    expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual([
      { ...extra[0], output: refinedText('Task 0') },
      { ...extra[1], output: refinedText('Task 1') },
    ]);
  });

  test('a dataset that no reply could better comes out byte for byte as it went in', async () => {
    const scene = await setScene({ script: () => answerCompletion('Nothing useful.') });
    const rows = makeRows(3).map(({ instruction, output }, index) => ({
      id: `identity_${index}`,
      conversations: [
        { from: 'human', value: `Ünïcode “${instruction}” 🎉` },
        { from: 'gpt', value: output },
      ],
    }));
    const text = pythonJson(rows);
    writeFileSync(join(scene.folder, 'data.json'), text);
    const { status, stderr } = await scene.refine('--on-fail', 'keep', '-o', 'out.json');
    expect(status).toBe(0);
    expect(stderr).toContain('3 rows (fastchat)');
    expect(scene.read('out.json')).toBe(text);
  });

  test('one shape is written as another with --to', async () => {
    const scene = await setScene({ rows: makeRows(1) });
    await scene.refine('--to', 'fastchat', '-o', 'out.json');
    expect(rowsOf(join(scene.folder, 'out.json'))).toEqual([
      {
        id: 'identity_0',
        conversations: [
          { from: 'human', value: expect.stringContaining('Task 0 ### Input: Input 0') },
          { from: 'gpt', value: refinedText('Task 0') },
        ],
      },
    ]);
  });

  test('bad rows are left out and counted with --skip-bad-rows', async () => {
    const scene = await setScene({ rows: [...makeRows(2), { instruction: 'Task 2', output: 7 }] });
    const { status, stderr } = await scene.refine('--skip-bad-rows');
    expect(status).toBe(0);
    expect(stderr).toContain('1 skipped: wrong type');
    expect(scene.asked().sort()).toEqual(['Task 0', 'Task 1']);
  });

  /** What Python's `json.dumps(rows, indent=4)` writes. */
  function pythonJson(rows: unknown): string {
    return JSON.stringify(rows, null, 4).replaceAll(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
});

describe('which examples are refined', () => {
  const rows: Row[] = makeRows(20).map((row, index) => ({ ...row, score: index % 4 }));

  test.each([
    ['--top 10%', ['18', '19']],
    ['--top 2 --where score<2', ['16', '17']],
    ['--all --where score=3', ['3', '7', '11', '15', '19']],
    ['--min 28', ['18', '19']],
    ['--top 2 --by field:score', ['3', '7']],
  ])('%s', async (args, ids) => {
    const scene = await setScene({ rows });
    const { status, stderr } = await scene.refine(...args.split(' '));
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    expect(scene.asked().toSorted()).toEqual(ids.map((id) => `Task ${id}`).toSorted());
    expect(scene.lines('selection.jsonl').map(({ id }) => id)).toEqual(ids);
  });

  test('--random takes the same with the same seed, in the same run; another seed makes another run', async () => {
    const scene = await setScene({ rows });
    await scene.refine('--random', '4', '--seed', '1');
    const first = scene.asked();
    expect(first).toHaveLength(4);
    scene.forget();
    await scene.refine('--random', '4', '--seed', '1');
    expect(scene.asked()).toEqual([]);
    scene.runFolder();
    await scene.refine('--random', '4', '--seed', '2');
    expect(scene.asked().toSorted()).not.toEqual(first.toSorted());
    expect(readdirSync(join(scene.folder, 'runs'))).toHaveLength(2);
  });

  test('another rule makes another run', async () => {
    const scene = await setScene({ rows });
    const rules = [
      '--top 2',
      '--top 10%',
      '--min 28',
      '--random 2',
      '--top 2 --by chars',
      '--top 2 --of all',
    ];
    for (const rule of [...rules, '--top 2 --where score<2']) {
      expect((await scene.refine(...rule.split(' '))).status).toBe(0);
    }
    expect(readdirSync(join(scene.folder, 'runs'))).toHaveLength(7);
  });

  test.each([
    ['--by chars', '"chars"'],
    ['--of all', '"all"'],
    ['--top 10%', '["percent",10]'],
    ['--min 5', '["min",5]'],
    ['--random 3', '["count",3]'],
    ['--where score>1', '["score>1"]'],
    ['--all', '"all"'],
    ['--ids 1', '["1"]'],
  ])(
    'going on with a run under another rule, %s, exits with 2, asks nobody and changes nothing',
    async (args, told) => {
      const scene = await setScene({ rows });
      await scene.refine('--top', '3', '--run', 'mine');
      scene.forget();
      const before = readFileSync(join(scene.folder, 'mine/run.json'));
      const goOn = ['refine', '--run', 'mine', '--base-url', scene.server.url, ...args.split(' ')];
      const { status, stdout, stderr } = await scene.run(...goOn);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/selection: .*\["top",3\].* -> /);
      expect(stderr.split(' -> ')[1]).toContain(told);
      expect(scene.asked()).toEqual([]);
      expect(readFileSync(join(scene.folder, 'mine/run.json'))).toEqual(before);
    },
  );

  test.each(['--by words', '--of response', '--top 3', '--top 3 --by words --of response'])(
    'going on with a run under its own rule, %s, is going on',
    async (args) => {
      const scene = await setScene({ rows });
      await scene.refine('--top', '3', '--run', 'mine');
      scene.forget();
      const goOn = ['refine', '--run', 'mine', '--base-url', scene.server.url, ...args.split(' ')];
      expect((await scene.run(...goOn)).status).toBe(0);
      expect(scene.asked()).toEqual([]);
    },
  );
});

describe('select', () => {
  test('writes the longest to stdout, in dataset order', async () => {
    const { folder } = await setScene({ rows: makeRows(4) });
    const { status, stdout } = await burnish(['select', 'data.json', '--top', '2'], { cwd: folder });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(makeRows(4).slice(2));
  });

  test('writes a file, and its figures as data', async () => {
    const scene: Scene = await setScene({ rows: makeRows(4) });
    const args = ['select', 'data.json', '--top', '2', '--by', 'chars', '-o', 'longest.jsonl', '--json'];
    const { status, stdout } = await scene.run(...args);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ metric: 'chars', read: 4, available: 4, shape: 'alpaca' });
    expect(
      scene
        .read('longest.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(makeRows(4).slice(2));
  });
});
