import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Answer, answerCompletion, answerError } from '../support/chat-server.js';
import { PROMPT_TEXT } from '../support/run-parts.js';
import { makeRows, refinedText, reply, type Scene, setScene } from './scene.js';

/** A finished run of six: 1 and 4 are flagged, 2 gave no answer, 5 was refused; asked again, all is well, or as told. */
async function mixedRun(answerAgain?: (instruction: string) => Answer | undefined): Promise<Scene> {
  let again = false;
  const scene = await setScene({
    script: (instruction) => {
      if (again) return answerAgain?.(instruction);
      if (instruction === 'Task 1' || instruction === 'Task 4')
        return answerCompletion(reply('Flagged.\n[End of Better Answer]'));
      if (instruction === 'Task 2') return answerCompletion('A critique and nothing else.');
      return instruction === 'Task 5' ? answerError(400, 'no, thanks') : undefined;
    },
  });
  expect((await scene.refine('-o', 'out.json')).status).toBe(0);
  again = true;
  scene.forget();
  return scene;
}

/** What every file below a folder holds, and when it was written last. */
function everythingIn(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
      const stat = statSync(join(folder, name));
      const text = stat.isFile() ? readFileSync(join(folder, name), 'utf8') : '';
      return [name, stat.isFile() ? `${stat.mtimeMs} ${text}` : ''];
    }),
  );
}

function refinedIn(scene: Scene): unknown[] {
  return scene.lines('ledger.jsonl').flatMap(({ id, outcome }) => (outcome === 'refined' ? [id] : []));
}

test.each([
  { args: ['--failed'], asked: ['Task 2', 'Task 5'] },
  { args: ['--flagged'], asked: ['Task 1', 'Task 4'] },
  { args: ['--failed', '--flagged'], asked: ['Task 1', 'Task 2', 'Task 4', 'Task 5'] },
  { args: ['--ids', '0,4'], asked: ['Task 0', 'Task 4'] },
  { args: ['--check', 'no_answer'], asked: ['Task 2'] },
  { args: ['--check', 'no_answer', 'marker_residue'], asked: ['Task 1', 'Task 2', 'Task 4'] },
  { args: ['--check', 'no_answer,marker_residue'], asked: ['Task 1', 'Task 2', 'Task 4'] },
  { args: ['--check', 'no_answer', '--check', 'marker_residue'], asked: ['Task 1', 'Task 2', 'Task 4'] },
  { args: ['--failed', '--check', 'marker_residue'], asked: ['Task 1', 'Task 2', 'Task 4', 'Task 5'] },
  { args: ['--outcome', 'refined'], asked: ['Task 0', 'Task 3'] },
  { args: ['--outcome', 'kept', 'refined'], asked: [0, 1, 2, 3, 4, 5].map((id) => `Task ${id}`) },
  { args: ['--flagged', '--since', '1h'], asked: ['Task 1', 'Task 4'] },
  { args: ['--since', '2020-01-01', '--ids', '3'], asked: ['Task 3'] },
])('$args asks exactly those', async ({ args, asked }) => {
  const scene = await mixedRun();
  const { status, stdout } = await scene.run('retry', ...args);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(scene.asked().sort()).toEqual(asked);
  const wanted = ['0', '3', ...asked.map((instruction) => instruction.slice(5))];
  expect(refinedIn(scene)).toEqual([...new Set(wanted)].sort());
});

test('a retry writes the training set anew, and earlier attempts stay', async () => {
  const scene = await mixedRun();
  await scene.run('retry', '--failed', '--flagged');
  expect(JSON.parse(scene.read('out.json')).map(({ output }: { output: string }) => output)).toEqual(
    makeRows(6).map(({ instruction }) => refinedText(String(instruction))),
  );
  expect(scene.lines('attempts.jsonl')).toHaveLength(10);
  expect(scene.lines('attempts.jsonl').filter(({ purpose }) => purpose === 'retry')).toHaveLength(4);
});

test('what a person decided on is left alone, unless it is named', async () => {
  const scene = await mixedRun();
  await scene.run('decide', '--ids', '1', '--accept');
  await scene.run('decide', '--ids', '2', '--reject');
  await scene.run('retry', '--failed', '--flagged');
  expect(scene.asked().sort()).toEqual(['Task 4', 'Task 5']);
  scene.forget();
  await scene.run('retry', '--ids', '2');
  expect(scene.asked()).toEqual(['Task 2']);
  expect(refinedIn(scene)).not.toContain('2');
});

test('it is said how many of those that fit are left alone, and that a decision stays in force', async () => {
  const scene = await mixedRun();
  await scene.run('decide', '--ids', '1,4', '--reject');
  const { stderr } = await scene.run('retry', '--failed', '--flagged', '--dry-run');
  expect(stderr).toContain('to ask again: 2 examples');
  expect(stderr).toContain('decided by hand: 2 examples, left alone');
  const named = await scene.run('retry', '--ids', '1,2', '--dry-run');
  expect(named.stderr).toContain('decided by hand: 1 example of these; the decision stays in force');
  expect(named.stderr).not.toContain('left alone');
});

test('what was not answered yet can be asked for, and nothing else is', async () => {
  const scene = await setScene();
  expect((await scene.refine('--limit', '4')).status).toBe(3);
  scene.forget();
  expect((await scene.run('retry', '--outcome', 'pending')).status).toBe(0);
  expect(scene.asked().sort()).toEqual(['Task 4', 'Task 5']);
});

test('--since goes by the latest request of each example', async () => {
  const scene = await mixedRun();
  const path = join(scene.runFolder(), 'attempts.jsonl');
  const longAgo = { 1: '2026-01-02T03:04:05.000Z', 2: '2026-01-02T03:04:06.000Z' };
  const lines = scene.lines('attempts.jsonl').map((line) => ({
    ...line,
    sentAt: longAgo[Number(line.example) as keyof typeof longAgo] ?? line.sentAt,
  }));
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const asked = async (...args: readonly string[]): Promise<string[]> => {
    scene.forget();
    expect((await scene.run('retry', '--flagged', '--failed', ...args)).status).toBe(0);
    return scene.asked().sort();
  };
  expect(await asked('--since', '2h')).toEqual(['Task 4', 'Task 5']);
  expect(await asked('--since', '2026-01-02T03:04:06Z')).toEqual(['Task 2']);
  expect(await asked('--since', '2h')).toEqual([]);
  expect(await asked('--since', '2026-01-02T03:04:05Z')).toEqual(['Task 1']);
});

test.each([
  { policy: 'keep', status: 0 },
  { policy: 'block', status: 3 },
])(
  'where nothing fits it says so, sends and writes nothing, and exits with $status as the run stands',
  async ({ policy, status }) => {
    const scene = await mixedRun();
    await scene.refine('--on-fail', policy);
    const before = everythingIn(scene.runFolder());
    for (const args of [[], ['--json']]) {
      const ended = await scene.run('retry', '--check', 'refusal', '--budget', '5', ...args);
      expect(ended.status).toBe(status);
      expect(ended.stderr).toContain('nothing to ask again');
      if (args.length === 0) expect(ended.stdout).toBe('');
      else expect(JSON.parse(ended.stdout).retry).toMatchObject({ examples: [], verdicts: [], checks: [] });
    }
    const { stdout, stderr } = await scene.run('retry', '--check', 'refusal', '--dry-run');
    expect(stdout).toBe('');
    expect(stderr).toContain('nothing to ask again');
    expect(scene.asked()).toEqual([]);
    expect(everythingIn(scene.runFolder())).toEqual(before);
  },
);

describe('a dry run', () => {
  const PRICES = ['--price-in', '1', '--price-out', '2'];

  test('lists exactly what would be asked with verdict and checks, tells the cost, and changes nothing', async () => {
    const scene = await mixedRun();
    const before = everythingIn(scene.folder);
    const args = ['retry', '--failed', '--check', 'marker_residue', '--model', 'other', ...PRICES];
    const { status, stdout } = await scene.run(...args, '--dry-run');
    expect(status).toBe(0);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      '   1  flag     marker_residue',
      '   2  fail     no_answer',
      '   4  flag     marker_residue',
      '   5  fail     refused by the server: bad_request: no, thanks',
      'examples:  4 to ask',
    ]);
    expect(stdout).toMatch(/^cost: +about \$0\.00/m);
    expect(scene.asked()).toEqual([]);
    expect(everythingIn(scene.folder)).toEqual(before);
  });

  test('lists the examples that are then asked', async () => {
    const scene = await mixedRun();
    await scene.run('decide', '--ids', '4', '--accept');
    const args = ['retry', '--failed', '--flagged', '--json', ...PRICES];
    const planned = JSON.parse((await scene.run(...args, '--dry-run')).stdout);
    expect(planned).toMatchObject({
      examples: [
        { id: '1', verdict: 'flag', checks: ['marker_residue'], attempt: 1 },
        { id: '2', verdict: 'fail', checks: ['no_answer'], attempt: 1 },
        { id: '5', verdict: 'fail', checks: [], attempt: null },
      ],
      leftAlone: { decided: ['4'], inBatches: [] },
      plan: { examples: 3, settled: 0, later: 0, costUsd: expect.any(Number) },
    });
    const done = JSON.parse((await scene.run(...args)).stdout);
    const ids = ({ examples }: { examples: { id: string }[] }): string[] => examples.map(({ id }) => id);
    expect(ids(done.retry)).toEqual(ids(planned));
    expect(scene.asked().sort()).toEqual(ids(planned).map((id) => `Task ${id}`));
  });

  test('refuses what the retry would refuse', async () => {
    const scene = await mixedRun();
    const { status, stderr } = await scene.run('retry', '--failed', '--budget', '1', '--dry-run');
    expect(status).toBe(2);
    expect(stderr).toContain('A budget in dollars needs a price.');
  });
});

describe('before and after', () => {
  /** Asked again, 1 is well, 4 has no answer (so its first one counts), 2 is flagged, 5 is well. */
  const changedRun = () =>
    mixedRun((instruction) => {
      if (instruction === 'Task 4') return answerCompletion('Only a critique.');
      return instruction === 'Task 2' ? answerCompletion(reply('Flagged.\n[End of Answer]')) : undefined;
    });

  test('are told as tables: what became of verdicts and of findings', async () => {
    const scene = await changedRun();
    const { status, stderr } = await scene.run('retry', '--failed', '--flagged');
    expect(status).toBe(0);
    const lines = stderr.split('\n');
    const place = lines.indexOf('Before and after (4 examples asked again)');
    expect(lines.slice(place + 1, place + 9)).toEqual([
      '  fail -> flag               1',
      '  fail -> pass               1',
      '  flag -> flag               1',
      '  flag -> pass               1',
      '',
      '                          gone    stayed  appeared',
      '  marker_residue             1         1         1',
      '  no_answer                  1         0         0',
    ]);
  });

  test('are data with --json', async () => {
    const scene = await changedRun();
    const { retry } = JSON.parse((await scene.run('retry', '--ids', '2,4', '--json')).stdout);
    expect(retry).toEqual({
      examples: [
        {
          id: '2',
          before: { verdict: 'fail', attempt: 1, checks: ['no_answer'] },
          after: { verdict: 'flag', attempt: 2, checks: ['marker_residue'] },
        },
        {
          id: '4',
          before: { verdict: 'flag', attempt: 1, checks: ['marker_residue'] },
          after: { verdict: 'flag', attempt: 1, checks: ['marker_residue'] },
        },
      ],
      verdicts: [
        { before: 'fail', after: 'flag', examples: 1 },
        { before: 'flag', after: 'flag', examples: 1 },
      ],
      checks: [
        { check: 'marker_residue', gone: 0, stayed: 1, appeared: 1 },
        { check: 'no_answer', gone: 1, stayed: 0, appeared: 0 },
      ],
      leftAlone: { decided: [], inBatches: [] },
    });
  });

  test('are of what was asked, where the budget ends before all is', async () => {
    const scene = await mixedRun();
    const used = JSON.parse((await scene.run('status', '--json')).stdout).committed.tokens;
    const limits = ['--budget-tokens', String(used + 5000), '--concurrency', '1'];
    const { status, stdout } = await scene.run('retry', '--failed', '--flagged', ...limits, '--json');
    expect(status).toBe(4);
    const { retry } = JSON.parse(stdout);
    expect(retry.examples.map(({ id }: { id: string }) => `Task ${id}`)).toEqual(scene.asked());
    expect(retry.examples.length).toBeLessThan(4);
  });
});

describe('where the same answer would come again at temperature 0', () => {
  const NOTE = 'had an answer to this very request at temperature 0';

  test.each([
    ['a hint is given where model, prompt and temperature 0 stay', [], true],
    ['a hint is given where the temperature is given as it is', ['--temperature', '0'], true],
    ['no hint is given for another temperature', ['--temperature', '0.7'], false],
    ['no hint is given for another model', ['--model', 'other'], false],
    ['no hint is given for another prompt', ['--prompt', 'mine.md', '--temperature', '0'], false],
  ])('%s', async (_, args, hinted) => {
    const scene = await mixedRun();
    writeFileSync(join(scene.folder, 'mine.md'), PROMPT_TEXT);
    const { stderr } = await scene.run('retry', '--failed', '--dry-run', ...args);
    // 5 was refused, so it has no answer that could come again.
    if (hinted) expect(stderr).toContain(`note: 1 example ${NOTE}`);
    else expect(stderr).not.toContain(NOTE);
  });
});

test('a worse reply to a retry does not replace a better one', async () => {
  let bad = false;
  const scene = await setScene({ script: () => (bad ? answerCompletion('Nothing.') : undefined) });
  await scene.refine();
  const before = scene.lines('ledger.jsonl');
  bad = true;
  expect((await scene.run('retry', '--ids', '3')).status).toBe(0);
  expect(scene.lines('ledger.jsonl')).toEqual(before);
});

test.each([
  {
    title: 'refuses the key',
    answer: () => answerError(401, 'key revoked'),
    status: 2,
  },
  {
    title: 'gives no answer',
    answer: () => answerError(503, 'down', { headers: { 'retry-after': '7200' } }),
    status: 1,
  },
])('a retry whose server $title leaves every outcome as it was', async ({ answer, status }) => {
  const scene = await mixedRun(answer);
  const before = scene.lines('ledger.jsonl');
  expect((await scene.run('retry', '--ids', '0,1,2,3,4,5')).status).toBe(status);
  expect(scene.asked().length).toBeGreaterThanOrEqual(1);
  expect(scene.lines('ledger.jsonl')).toEqual(before);
  expect((await scene.run('export', '-o', 'again.json')).status).toBe(0);
  expect(scene.read('again.json')).toBe(scene.read('out.json'));
});

test('a prompt given for this once brings its own sampling parameters, unless others are given', async () => {
  const scene = await mixedRun();
  writeFileSync(join(scene.folder, 'mine.md'), PROMPT_TEXT);
  const sampling = ['--temperature', '0.9', '--max-tokens', '77'];
  for (const args of [[], ['--prompt', 'mine.md'], ['--prompt', 'mine.md', ...sampling]]) {
    expect((await scene.run('retry', '--ids', '3', ...args)).status).toBe(0);
  }
  const sent = scene.server.requests.slice(-3).map(({ body }) => [body.temperature, body.max_tokens]);
  const { temperature, maxTokens } = JSON.parse(
    readFileSync(join(scene.runFolder(), 'run.json'), 'utf8'),
  ).identity;
  expect(sent).toEqual([
    [temperature, maxTokens],
    [0.5, 64],
    [0.9, 77],
  ]);
});

test("a provider's model named for this once is not asked for at the run's server", async () => {
  const scene = await mixedRun();
  const { status, stdout, stderr } = await scene.run(
    'retry',
    '--ids',
    '0',
    '--model',
    'anthropic:some-model',
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('No API key for anthropic');
  expect(stderr).toContain('ANTHROPIC_API_KEY');
  expect(scene.asked()).toEqual([]);
});

test('another model can be asked this once, and the run keeps its own', async () => {
  const scene = await mixedRun();
  await scene.run('retry', '--failed', '--model', 'other', '--temperature', '0.9');
  const sent = scene.server.requests.slice(-2).map(({ body }) => [body.model, body.temperature]);
  expect(sent).toEqual([
    ['other', 0.9],
    ['other', 0.9],
  ]);
  const { stdout } = await scene.run('status', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ model: 'm' });
});

test.each([
  ['nothing that says which', [], '--failed'],
  ['ids and a verdict at once', ['--ids', '1', '--failed'], 'cannot be used'],
  ['ids and a check at once', ['--ids', '1', '--check', 'no_answer'], 'cannot be used'],
  ['ids and an outcome at once', ['--ids', '1', '--outcome', 'kept'], 'cannot be used'],
  ['an unknown check', ['--check', 'no_answer', 'sparkle'], 'no_answer, empty, truncated'],
  ['an unknown check in a dry run', ['--check', 'sparkle', '--dry-run'], '"sparkle"'],
  ['an unknown outcome', ['--outcome', 'kept', 'lost'], 'refined, kept, dropped, blocked, pending'],
  ['a time that is none', ['--failed', '--since', 'yesterday'], '2026-10-03T14:00'],
  ['an unknown id', ['--ids', '99'], '99'],
])('%s is refused, and nobody is asked', async (_, args, says) => {
  const scene = await mixedRun();
  const { status, stdout, stderr } = await scene.run('retry', ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(says);
  expect(scene.asked()).toEqual([]);
});
