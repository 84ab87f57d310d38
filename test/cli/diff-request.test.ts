import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBatchServer } from '../support/batch-server.js';
import { answerCompletion } from '../support/chat-server.js';
import { burnish, makeFolder } from '../support/cli.js';
import { judgeAnswer } from '../support/judge-words.js';
import { ownChecks } from '../support/own-checks.js';
import { makeRows, namesFindings, refinedText, reply, type Scene, type Script, setScene } from './scene.js';

interface Request {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly doubt: string | null;
}

async function requestOf(scene: Scene, id: string, attempt: number): Promise<Request> {
  const args = ['diff', '--id', id, '--attempt', String(attempt), '--request', '--json'];
  const { status, stdout, stderr } = await scene.run(...args);
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout).records[0].request;
}

const isJudge = (message: string): boolean => message.includes('<text_a>');

/** The first reply to Task 1 is a critique and no answer; the judge has something against every text. */
const script: Script = (instruction, { message }) => {
  if (isJudge(message)) {
    const quote = refinedText(instruction).slice(0, 20);
    const order = message.indexOf(quote) < message.indexOf('<text_b>') ? 'refined-first' : 'original-first';
    return answerCompletion(judgeAnswer({ better: { text: 'original', quote, why: 'Thin.' } }, order));
  }
  return instruction === 'Task 1' && !namesFindings(message) ? answerCompletion('A critique.') : undefined;
};

describe('the request of an attempt', () => {
  test('is word for word what was sent: first ones, repairs, retries and those to a judge', async () => {
    const scene = await setScene({ rows: makeRows(2), script });
    const refine = ['refine', 'data.json', '--model', 'm', '--base-url', scene.server.url];
    await scene.run(...refine, '--repair', '2', '--judge', 'j');
    await scene.run('retry', '--ids', '1', '--temperature', '0.7');
    await scene.run('decide', '--ids', '1', '--reject');

    const attempts = scene.lines('attempts.jsonl');
    expect(new Set(attempts.map(({ purpose }) => purpose))).toEqual(
      new Set(['first', 'repair', 'retry', 'judge']),
    );
    const told: string[] = [];
    for (const { example, attempt } of attempts) {
      const { messages, doubt } = await requestOf(scene, String(example), Number(attempt));
      expect(doubt).toBeNull();
      told.push(JSON.stringify(messages));
    }
    const sent = scene.server.requests.map(({ body }) => JSON.stringify(body.messages));
    expect(told.sort()).toEqual(sent.sort());
    expect(sent.filter(namesFindings)).toHaveLength(1);
  });

  test('is shown with the role of each message, and without a doubt where there is none', async () => {
    const scene = await setScene({ rows: makeRows(1) });
    await scene.refine();
    const { stdout } = await scene.run('diff', '--id', '0', '--request');
    expect(stdout).toMatch(/^request, system:\n/m);
    expect(stdout).toContain('request, user:\n<instruction>\nTask 0\n</instruction>\n');
    expect(stdout).not.toContain('note: ');
  });

  test('names findings as checks of now find them, and says so when those were others', async () => {
    const scene = await setScene({
      rows: makeRows(1),
      script: (instruction, { message }) =>
        namesFindings(message) ? undefined : answerCompletion(reply(`${refinedText(instruction)} FAIL`)),
    });
    const write = (find?: string): void =>
      writeFileSync(join(scene.folder, 'own.mjs'), ownChecks(find === undefined ? {} : { find }));
    write();
    const refine = ['refine', 'data.json', '--model', 'm', '--base-url', scene.server.url];
    await scene.run(...refine, '--checks', 'own.mjs');
    expect(await requestOf(scene, '0', 2)).toMatchObject({ doubt: null });

    write(`() => [{ message: 'It is said in quite other words now.' }]`);
    const changed = await requestOf(scene, '0', 2);
    expect(changed.doubt).toContain('what was sent was of another size');
    expect(changed.messages.at(-1)?.content).toContain('- It is said in quite other words now.');
    expect((await requestOf(scene, '0', 1)).doubt).toBeNull();
    const { stdout } = await scene.run('diff', '--id', '0', '--attempt', '2', '--request');
    expect(stdout.replaceAll('\n', ' ')).toContain('note: The findings in it are read as they are read now;');
  });

  test('is told of requests in batches, too', async () => {
    const server = await startBatchServer({
      reply: (message) => ({
        content: namesFindings(message) ? reply(refinedText('Task 0')) : 'A critique.',
      }),
    });
    onTestFinished(() => server.close());
    const folder = makeFolder();
    writeFileSync(join(folder, 'data.json'), JSON.stringify(makeRows(1)));
    const refine = ['refine', 'data.json', '--model', 'm', '--base-url', server.url, '--batch'];
    expect((await burnish(refine, { cwd: folder })).status).toBe(0);
    const told = await burnish(['diff', '--id', '0', '--request', '--json'], { cwd: folder });
    const { messages, doubt } = JSON.parse(told.stdout).records[0].request as Request;
    expect(doubt).toBeNull();
    expect(messages.at(-1)?.content).toContain('- The reply has no [Better Answer] marker.');
    expect(Object.keys(server.counts.byMessage)).toContain(messages.at(-1)?.content);
  });

  test('is doubted where nothing was noted about it', async () => {
    const scene = await setScene({ rows: makeRows(2), script });
    await scene.refine('--repair', '1');
    rmSync(join(scene.runFolder(), 'sent.jsonl'));
    expect((await requestOf(scene, '1', 2)).doubt).toContain('nothing was noted');
    expect((await requestOf(scene, '1', 1)).doubt).toBeNull();
  });
});
