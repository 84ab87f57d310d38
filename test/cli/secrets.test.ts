import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Answer, answerError } from '../support/chat-server.js';
import { burnish, type Ended } from '../support/cli.js';
import { makeRows, type Scene, setScene } from './scene.js';

const KEY = 'sk-proj-Zq8wX3vT6yB1nM4kP7rL';
const USER = 'someuser-8841';
const PASSWORD = 'p4ss-w0rd-5572';
const TOKEN = 'tok-9fe1-query';

/** Every file below the folder, and all that was printed. */
function everythingWritten(folder: string, printed: readonly Ended[]): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  return [...files, ...printed.flatMap(({ stdout, stderr }) => [stdout, stderr])].join('\n');
}

const answers: { title: string; answer: ((number: number) => Answer) | undefined; status: number }[] = [
  { title: 'all is well', answer: undefined, status: 0 },
  {
    title: 'the server echoes it and refuses the run',
    answer: () => answerError(401, `Incorrect API key provided: ${KEY} for ${USER}:${PASSWORD}?t=${TOKEN}`),
    status: 2,
  },
  {
    title: 'the server echoes it and refuses the example',
    answer: () => answerError(400, `bad request by ${KEY}, ${PASSWORD}, http://x/?key=${TOKEN}`),
    status: 0,
  },
];

async function lookAtAll(scene: Scene): Promise<Ended[]> {
  return [
    await scene.run('status', '--all'),
    await scene.run('status', '--json'),
    await scene.run('runs', '--json'),
    await scene.run('diff', '--json'),
    await scene.run('export', '-o', 'out.json', '--partial', '--json'),
  ];
}

test.each(answers)('the API key is sent and never written down when $title', async ({ answer, status }) => {
  const scene = await setScene({
    rows: makeRows(4),
    env: { OPENAI_API_KEY: KEY },
    script: (_, { number }) => answer?.(number),
  });
  const ended = await scene.refine('--json');
  expect(ended.status).toBe(status);
  expect(scene.server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(everythingWritten(scene.folder, [ended, ...(await lookAtAll(scene))])).not.toContain(KEY);
});

test.each(answers)(
  'nor are user, password and query of the base URL when $title',
  async ({ answer, status }) => {
    const scene = await setScene({ rows: makeRows(4), script: (_, { number }) => answer?.(number) });
    const { host } = new URL(scene.server.url);
    const secretUrl = `http://${USER}:${PASSWORD}@${host}/v1?key=${TOKEN}`;
    const args = ['refine', 'data.json', '--model', 'm'];
    const byFlag = await burnish([...args, '--base-url', secretUrl, '--json'], { cwd: scene.folder });
    expect(byFlag.status).toBe(status);
    const [request] = scene.server.requests;
    expect(request?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`,
    );
    expect(request?.path).toBe(`/v1/chat/completions?key=${TOKEN}`);
    const byVariable = await burnish([...args, '--model', 'other'], {
      cwd: scene.folder,
      env: { OPENAI_BASE_URL: secretUrl },
    });
    const written = everythingWritten(scene.folder, [byFlag, byVariable, ...(await lookAtAll(scene))]);
    for (const secret of [USER, PASSWORD, TOKEN]) expect(written).not.toContain(secret);
    expect(written).toContain(host);
  },
);

test.each([
  ['user and password', ({ host }: URL) => `http://${USER}:${PASSWORD}@${host}/v1`],
  ['a query', ({ host }: URL) => `http://${host}/v1?key=${TOKEN}`],
])(
  'a base URL with %s is asked for again by whoever goes on with the run, and nothing is sent without it',
  async (_, secretUrlOf) => {
    const scene = await setScene({ rows: makeRows(3), env: { OPENAI_API_KEY: KEY } });
    const secretUrl = secretUrlOf(new URL(scene.server.url));
    const begin = ['refine', 'data.json', '--model', 'm', '--run', 'mine', '--base-url', secretUrl];
    expect((await scene.run(...begin, '--limit', '1')).status).toBe(3);
    scene.forget();
    const calls = [
      ['retry', 'mine', '--ids', '2'],
      ['refine', '--run', 'mine'],
    ];
    const refused = await Promise.all(calls.map((args) => scene.run(...args)));
    for (const { status, stdout, stderr } of refused) {
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('base URL held a password or a key');
      expect(stderr).toContain('--base-url');
    }
    expect(scene.asked()).toEqual([]);
    const [retried, gone] = [
      await scene.run('retry', 'mine', '--ids', '2', '--base-url', secretUrl),
      await scene.run('refine', '--run', 'mine', '--base-url', secretUrl),
    ];
    expect([retried.status, gone.status]).toEqual([3, 0]);
    const [, ...later] = scene.server.requests.map(({ path, headers }) => [path, headers.authorization]);
    expect(new Set(later.map(String))).toEqual(new Set([String(later[0])]));
    expect(String(later[0])).toMatch(new RegExp(`key=${TOKEN}|Basic `));
    const byVariable = await burnish(['retry', 'mine', '--ids', '1'], {
      cwd: scene.folder,
      env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: secretUrl },
    });
    expect(byVariable.status).toBe(0);
    const elsewhere = await burnish(['retry', 'mine', '--ids', '1'], {
      cwd: scene.folder,
      env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: 'http://127.0.0.1:9/other' },
    });
    expect(elsewhere.status).toBe(2);
    const written = everythingWritten(scene.folder, [...refused, retried, gone, byVariable, elsewhere]);
    for (const secret of [USER, PASSWORD, TOKEN]) expect(written).not.toContain(secret);
  },
);

test('nor are they when the base URL is wrong, or nobody is there', async () => {
  const scene = await setScene({ rows: makeRows(1), env: { OPENAI_API_KEY: KEY } });
  const printed: Ended[] = [];
  for (const url of [`ftp://${USER}:${PASSWORD}@x/v1?key=${TOKEN}`, `${USER}:${PASSWORD}@x?key=${TOKEN}`]) {
    const ended = await scene.run('refine', 'data.json', '--model', 'm', '--base-url', url);
    expect(ended.status).toBe(2);
    printed.push(ended);
  }
  const written = everythingWritten(scene.folder, printed);
  for (const secret of [KEY, USER, PASSWORD, TOKEN]) expect(written).not.toContain(secret);
});

test('the data goes to the chosen server alone, even when tracing is set in the environment', async () => {
  const tracing = await setScene();
  const scene = await setScene({
    env: {
      LANGSMITH_TRACING: 'true',
      LANGCHAIN_TRACING_V2: 'true',
      LANGSMITH_ENDPOINT: tracing.server.url,
      LANGCHAIN_ENDPOINT: tracing.server.url,
      LANGSMITH_API_KEY: KEY,
      LANGCHAIN_API_KEY: KEY,
    },
  });
  expect((await scene.refine()).status).toBe(0);
  expect(tracing.server.requests).toEqual([]);
});
