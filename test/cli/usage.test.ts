import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { burnish, makeFolder } from '../support/cli.js';
import { makeRows } from './scene.js';

const COMMANDS = ['refine', 'select', 'runs', 'status', 'diff', 'retry', 'decide', 'export', 'demo'];
/** Nobody listens here (port 9 is discard), and nobody must be asked. */
const NOWHERE = ['--model', 'm', '--base-url', 'http://127.0.0.1:9/v1'];

function folderWithData(): string {
  const folder = makeFolder();
  writeFileSync(join(folder, 'data.json'), JSON.stringify(makeRows(3)));
  return folder;
}

describe('help', () => {
  test('the program lists its commands', async () => {
    const { status, stdout, stderr } = await burnish(['--help'], { cwd: makeFolder() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ +${command} `, 'm'));
  });

  test.each(COMMANDS)('%s explains itself', async (command) => {
    const { status, stdout, stderr } = await burnish([command, '--help'], { cwd: makeFolder() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`Usage: burnish ${command}`);
  });

  test('without a command the help is shown', async () => {
    const { status, stdout } = await burnish([], { cwd: makeFolder() });
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: burnish');
  });
});

describe('a mistake on the command line exits with 2, says what it is, and writes nothing', () => {
  const cases: { title: string; args: string[]; says: (string | RegExp)[] }[] = [
    { title: 'an unknown command', args: ['polish'], says: ["unknown command 'polish'"] },
    {
      title: 'an unknown option',
      args: ['refine', 'data.json', '--frobnicate'],
      says: ["unknown option '--frobnicate'", 'burnish COMMAND --help'],
    },
    {
      title: 'an option without its value',
      args: ['refine', 'data.json', '--top'],
      says: ['--top', 'argument missing'],
    },
    {
      title: 'a number that is none',
      args: ['refine', 'data.json', '--top', 'many'],
      says: ['--top', 'many', 'whole number'],
    },
    {
      title: 'a number out of bounds',
      args: ['refine', 'data.json', '--temperature', '3'],
      says: ['--temperature', 'from 0 to 2'],
    },
    {
      title: 'more requests at once than any machine can hold',
      args: ['refine', 'data.json', ...NOWHERE, '--concurrency', '5000000000'],
      says: ['--concurrency', 'from 1 to 1000'],
    },
    {
      title: 'a longer wait than a timer can hold',
      args: ['refine', 'data.json', ...NOWHERE, '--timeout', '3000000'],
      says: ['--timeout', 'to 86400'],
    },
    {
      title: 'an unknown policy',
      args: ['refine', 'data.json', '--on-flag', 'perhaps'],
      says: ['--on-flag', 'keep, use, drop, block'],
    },
    {
      title: 'options that exclude each other',
      args: ['refine', 'data.json', '--all', '--top', '3'],
      says: ['--all', '--top', 'cannot be used'],
    },
    { title: 'neither dataset nor run', args: ['refine'], says: ['Neither a dataset nor a run'] },
    {
      title: 'a dataset that is not there',
      args: ['refine', 'missing.json', ...NOWHERE],
      says: ['missing.json', 'no such file'],
    },
    {
      title: 'no model',
      args: ['refine', 'data.json'],
      says: ['no model', '--model', 'BURNISH_MODEL'],
    },
    {
      title: 'no key',
      args: ['refine', 'data.json', '--model', 'gpt-4o-mini'],
      says: ['no API key', 'OPENAI_API_KEY', '--base-url'],
    },
    {
      title: "no key for a provider's model",
      args: ['refine', 'data.json', '--model', 'anthropic:some-model'],
      says: ['no API key', 'ANTHROPIC_API_KEY'],
    },
    {
      title: 'a base URL that is none',
      args: ['refine', 'data.json', '--model', 'm', '--base-url', 'localhost'],
      says: ['--base-url', 'localhost', 'http'],
    },
    {
      title: 'a prompt that is not there',
      args: ['refine', 'data.json', ...NOWHERE, '--prompt', 'mine.md'],
      says: ['mine.md', 'prompt file cannot be read'],
    },
    {
      title: 'an output in a folder that is not there',
      args: ['refine', 'data.json', ...NOWHERE, '-o', 'nowhere/out.json'],
      says: ['nowhere/out.json', 'cannot be written'],
    },
    {
      title: 'an output of an unknown format',
      args: ['refine', 'data.json', ...NOWHERE, '-o', 'out.csv'],
      says: ['out.csv', '.jsonl'],
    },
    {
      title: 'an id that the dataset has not',
      args: ['refine', 'data.json', ...NOWHERE, '--ids', '1,99'],
      says: ['99'],
    },
    { title: 'a run that is not there', args: ['status', 'nothing'], says: ['no such run', 'nothing'] },
    { title: 'no run at all', args: ['status'], says: ['no such run', 'burnish refine'] },
    { title: 'no run to export', args: ['export', '-o', 'out.json'], says: ['no such run'] },
    { title: 'an export without a file', args: ['export'], says: ['--output'] },
    { title: 'a decision about nobody', args: ['decide', '--accept'], says: ['--ids'] },
  ];

  test.each(cases)('$title', async ({ args, says }) => {
    const folder = folderWithData();
    const { status, stdout, stderr } = await burnish(args, { cwd: folder });
    expect(stderr.toLowerCase()).toSatisfy((text: string) =>
      says.every((part) => (typeof part === 'string' ? text.includes(part.toLowerCase()) : part.test(text))),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toMatch(/^ +at /m);
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });
});

describe('a broken dataset stops before anything is written', () => {
  const good = '{"instruction": "a", "input": "", "output": "b c d"}';
  const cases: { title: string; file: string; text: string; says: string[] }[] = [
    {
      title: 'a field of the wrong type',
      file: 'bad.json',
      text: `[${good}, {"instruction": "a", "input": "", "output": 7}]`,
      says: ['bad.json', 'row 1', '"output"', '7'],
    },
    {
      title: 'a missing field',
      file: 'bad.jsonl',
      text: `${good}\n{"instruction": "a", "input": ""}\n`,
      says: ['bad.jsonl', 'row 1', 'line 2', '"output"'],
    },
    {
      title: 'a line that is no JSON',
      file: 'bad.jsonl',
      text: `${good}\n${good}\n{"instruction": \n`,
      says: ['bad.jsonl', 'row 2', 'line 3', 'broken json'],
    },
    { title: 'an array cut off', file: 'bad.json', text: `[${good}, {"instr`, says: ['bad.json', 'row 1'] },
    { title: 'two rows with one id', file: 'bad.json', text: twins(), says: ['bad.json', 'row 1', '"id"'] },
    { title: 'no rows', file: 'bad.json', text: '[]', says: ['bad.json', 'empty'] },
    { title: 'no dataset', file: 'bad.json', text: 'hello', says: ['bad.json', 'hello', 'jsonl'] },
    {
      title: 'only empty responses',
      file: 'bad.json',
      text: '[{"instruction": "a", "input": "", "output": " "}]',
      says: ['bad.json', 'nothing to select', 'with a response'],
    },
  ];

  test.each(cases)('$title', async ({ file, text, says }) => {
    const folder = makeFolder();
    writeFileSync(join(folder, file), text);
    const { status, stdout, stderr } = await burnish(['refine', file, ...NOWHERE], { cwd: folder });
    for (const part of says) expect(stderr.toLowerCase()).toContain(part);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  function twins(): string {
    const row = { id: 'x', instruction: 'a', input: '', output: 'b' };
    return JSON.stringify([row, row]);
  }
});

test('a mistake is data on stdout with --json', async () => {
  const { status, stdout } = await burnish(['status', 'nothing', '--json'], { cwd: makeFolder() });
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    error: expect.objectContaining({ code: 'run_not_found', found: 'nothing' }),
  });
});
