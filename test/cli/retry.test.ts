import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Answer, answerCompletion, answerError } from '../support/chat-server.js';
import { PROMPT_TEXT } from '../support/run-parts.js';
import { makeRows, refinedText, reply, type Scene, setScene } from './scene.js';

/** A finished run of six: 1 and 4 are flagged, 2 gave no answer, 5 was refused; asked again, all is well, or as told. */
async function mixedRun(answerAgain?: () => Answer): Promise<Scene> {
  let again = false;
  const scene = await setScene({
    script: (instruction) => {
      if (again) return answerAgain?.();
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

function refinedIn(scene: Scene): unknown[] {
  return scene.lines('ledger.jsonl').flatMap(({ id, outcome }) => (outcome === 'refined' ? [id] : []));
}

test.each([
  { args: ['--failed'], asked: ['Task 2', 'Task 5'] },
  { args: ['--flagged'], asked: ['Task 1', 'Task 4'] },
  { args: ['--failed', '--flagged'], asked: ['Task 1', 'Task 2', 'Task 4', 'Task 5'] },
  { args: ['--ids', '0,4'], asked: ['Task 0', 'Task 4'] },
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
  ['an unknown id', ['--ids', '99'], '99'],
])('%s is refused, and nobody is asked', async (_, args, says) => {
  const scene = await mixedRun();
  const { status, stdout, stderr } = await scene.run('retry', ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(says);
  expect(scene.asked()).toEqual([]);
});
