import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { burnish, makeFolder, ROOT, startBurnish } from '../support/cli.js';
import { readLines, refinedText, type Scene, setScene } from './scene.js';

const TOKEN = 'correct-horse-battery-staple';

interface Server {
  readonly url: string;
  readonly running: ReturnType<typeof startBurnish>;
  json(path: string, init?: RequestInit): Promise<Record<string, unknown>>;
  post(path: string, body: object): Promise<Response>;
}

async function serve(scene: Pick<Scene, 'folder' | 'env'>, ...args: string[]): Promise<Server> {
  const running = startBurnish(['serve', '--port', '0', ...args], { cwd: scene.folder, env: scene.env });
  await running.says('http://');
  const [url = ''] = /http:\/\/[\d.:]+/.exec(running.stderr()) ?? [];
  return {
    ...{ url, running },
    json: async (path, init) => (await fetch(url + path, init)).json() as Promise<Record<string, unknown>>,
    post: (path, body) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

function sending(scene: Scene): string[] {
  return ['--data-dir', '.', '--model', 'm', '--base-url', scene.server.url];
}

/** Waits until something holds. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('burnish serve', () => {
  test('lets answers under way come in when it is told to end, and goes on with them after a restart', async () => {
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const scene = await setScene({
      script: async (_, { number }) => {
        if (number >= 2) await gate;
        return undefined;
      },
    });
    const server = await serve(scene, ...sending(scene), '--concurrency', '2');
    const started = await server.post('/api/runs', { dataset: 'data.json', repair: 0 });
    const { run } = (await started.json()) as { run: string };
    await until(() => scene.asked().length >= 3);
    const stream = await fetch(`${server.url}/api/runs/${run}/events`);
    server.running.kill('SIGTERM');
    await server.running.says('Stopping');
    const asked = scene.asked().length;
    letGo();
    // Open streams and connections kept for later do not hold it up.
    const { status, stderr } = await server.running.ended;
    expect([status, stderr.includes('fault')]).toEqual([0, false]);
    await stream.text().catch(() => {});
    const file = join(scene.folder, 'runs', run, 'attempts.jsonl');
    expect(readLines(file)).toHaveLength(asked);
    expect(scene.asked()).toHaveLength(asked);

    const again = await serve(scene, ...sending(scene));
    const { summary } = (await again.json(`/api/runs/${run}`)) as { summary: Record<string, unknown> };
    expect(summary.state).toBe('interrupted');
    expect(scene.asked()).toHaveLength(asked);
    expect((await again.post(`/api/runs/${run}/resume`, {})).status).toBe(202);
    await until(async () => {
      const { summary } = (await again.json(`/api/runs/${run}`)) as { summary: Record<string, unknown> };
      return summary.state === 'finished';
    });
    expect(readLines(file)).toHaveLength(6);
    expect(scene.asked().sort()).toEqual(['Task 0', 'Task 1', 'Task 2', 'Task 3', 'Task 4', 'Task 5']);
  });

  test('gives answers up that are under way when it is told a second time', async () => {
    const scene = await setScene({ script: () => new Promise(() => {}) });
    const server = await serve(scene, ...sending(scene));
    await server.post('/api/runs', { dataset: 'data.json', repair: 0 });
    await until(() => scene.asked().length > 0);
    server.running.kill('SIGINT');
    await server.running.says('Stopping');
    server.running.kill('SIGINT');
    expect((await server.running.ended).status).toBe(0);
  });

  test('shows what `burnish decide` has decided meanwhile, and the other way round', async () => {
    const scene = await setScene();
    await scene.refine();
    const run = basename(scene.runFolder());
    const server = await serve(scene);
    const decision = async () =>
      ((await server.json(`/api/runs/${run}/records/1`)) as { decision: { action: string } | null }).decision;
    expect(await decision()).toBeNull();
    const { status } = await scene.run('decide', '--ids', '1', '--reject');
    expect(status).toBe(0);
    expect(await decision()).toMatchObject({ action: 'reject' });
    await fetch(`${server.url}/api/runs/${run}/records/2/decision`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'edit', text: 'Written by hand.' }),
    });
    for (const to of ['alpaca', 'fastchat']) {
      await scene.run('export', '--output', `${to}.json`, '--to', to);
      const bytes = await (await fetch(`${server.url}/api/runs/${run}/export?to=${to}`)).bytes();
      expect(Buffer.from(bytes).equals(readFileSync(join(scene.folder, `${to}.json`))), to).toBe(true);
    }
    await scene.run('export', '--output', 'out.json');
    const rows = JSON.parse(scene.read('out.json')) as { output: string }[];
    expect(rows[2]?.output).toBe('Written by hand.');
    expect(rows[1]?.output).not.toBe(refinedText('Task 1'));
  });

  test('tells its address as JSON when asked to', async () => {
    const folder = makeFolder();
    const running = startBurnish(['serve', '--port', '0', '--json'], { cwd: folder });
    await until(() => running.stdout().includes('\n'));
    const { url, pid } = JSON.parse(running.stdout()) as { url: string; pid: number };
    expect(pid).toBe(running.pid);
    expect(await (await fetch(new URL('/healthz', url))).json()).toEqual({ status: 'ok' });
    running.kill('SIGTERM');
    const { status, stdout } = await running.ended;
    expect([status, JSON.parse(stdout)]).toEqual([0, { url, pid }]);
  });

  test('serves the pages that were built', async () => {
    const server = await serve({ folder: makeFolder(), env: {} });
    const html = await (await fetch(`${server.url}/runs/x/records/1`)).text();
    const [, script = ''] = /src="([^"]+\.js)"/.exec(html) ?? [];
    const response = await fetch(server.url + script);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
  });

  test('needs a port that is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { status, stderr, stdout } = await burnish(['serve', '--port', String(port)], {
      cwd: makeFolder(),
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(stderr).toContain('--port');
  });
});

describe('the token of burnish serve', () => {
  test.each([
    ['0.0.0.0', undefined],
    ['::', undefined],
    ['0.0.0.0', ''],
    ['0.0.0.0', '   '],
    ['127.0.0.1', 'too-short'],
    ['127.0.0.1', 'fifteen-letters'],
    ['127.0.0.1', 'two words of sixteen'],
    ['127.0.0.1', 'schlüssel-von-sechzehn'],
  ])('is needed, and to be hard to guess: %s with %j', async (host, token) => {
    const env = token === undefined ? {} : { BURNISH_TOKEN: token };
    const { status, stderr } = await burnish(['serve', '--host', host, '--port', '0'], {
      cwd: makeFolder(),
      env,
    });
    expect(status).toBe(2);
    expect(stderr).toContain('BURNISH_TOKEN');
    expect(stderr).not.toMatch(/too-short|fifteen|schlüssel/);
  });

  test('can come from a file, and is told nowhere', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'token'), `${TOKEN}\n`);
    chmodSync(join(folder, 'token'), 0o600);
    const server = await serve({ folder, env: {} }, '--token-file', 'token', '--host', '0.0.0.0');
    const url = server.url.replace('0.0.0.0', '127.0.0.1');
    expect((await fetch(`${url}/api/runs`)).status).toBe(401);
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(`${url}/api/runs`, { headers })).status).toBe(200);
    server.running.kill('SIGTERM');
    const { stderr, stdout } = await server.running.ended;
    expect(stderr + stdout).not.toContain(TOKEN);
  });

  test('is not taken from an empty file, or from none', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'empty'), '\n');
    for (const file of ['empty', 'missing']) {
      const { status, stderr } = await burnish(['serve', '--port', '0', '--token-file', file], {
        cwd: folder,
      });
      expect([status, stderr.includes(file)]).toEqual([2, true]);
    }
    expect((await burnish(['serve', '--token', TOKEN], { cwd: folder })).status).toBe(2);
  });
});

describe('burnish review', () => {
  /** A run, and a browser that notes what it is asked to open. */
  async function withBrowser() {
    const scene = await setScene();
    await scene.refine();
    const opened = join(scene.folder, 'opened');
    const browser = join(scene.folder, 'browser');
    writeFileSync(browser, `#!/bin/sh\nprintf '%s' "$1" > '${opened}.new'\nmv '${opened}.new' '${opened}'\n`);
    chmodSync(browser, 0o755);
    // No browser that is installed is found: neither by its desktop file nor in the settings.
    const env = { DISPLAY: ':9', BROWSER: browser, XDG_DATA_DIRS: scene.folder, HOME: scene.folder };
    return { scene, opened, run: basename(scene.runFolder()), env };
  }

  async function review(scene: Scene, args: readonly string[], env: Record<string, string> = {}) {
    const running = startBurnish(['review', ...args], { cwd: scene.folder, env: { ...scene.env, ...env } });
    await running.says('Ctrl-C');
    const [url = ''] = /http:\S+/.exec(running.stderr()) ?? [];
    return { running, url };
  }

  test('opens the records of the run used last in the browser', async () => {
    const { scene, opened, run, env } = await withBrowser();
    const { running, url } = await review(scene, ['--port', '0'], env);
    expect(new URL(url).pathname).toBe(`/runs/${run}/records`);
    await until(() => existsSync(opened));
    expect(readFileSync(opened, 'utf8')).toBe(url);
    running.kill('SIGTERM');
    expect((await running.ended).status).toBe(0);
  });

  test('asks again with the model of the run, at its address', async () => {
    const { scene, run } = await withBrowser();
    const { url } = await review(scene, [run, '--port', '0', '--no-open']);
    const choices = (await (await fetch(new URL('/api/choices', url))).json()) as Record<string, unknown>;
    expect(choices).toMatchObject({ models: ['m'], canSend: true, prompts: [{ name: 'introspect' }] });
    scene.forget();
    const response = await fetch(new URL(`/api/runs/${run}/retry`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: ['3'] }),
    });
    expect(response.status).toBe(202);
    await until(() => scene.asked().includes('Task 3'));
  });

  test('reviews without a key, but sends nothing', async () => {
    const { scene, run } = await withBrowser();
    const file = join(scene.runFolder(), 'run.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.settings.baseUrl = null;
    writeFileSync(file, JSON.stringify(manifest));
    const { running, url } = await review(scene, [run, '--port', '0', '--no-open']);
    expect(running.stderr()).toContain('nothing can be asked again');
    const choices = (await (await fetch(new URL('/api/choices', url))).json()) as Record<string, unknown>;
    expect(choices).toMatchObject({ models: [], canSend: false });
    const decided = await fetch(new URL(`/api/runs/${run}/records/1/decision`, url), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"action":"reject"}',
    });
    expect(decided.status).toBe(200);
  });

  test('needs no browser and no display, and none opens when it is told so', async () => {
    const { scene, opened, run, env } = await withBrowser();
    for (const [args, more] of [
      [['--no-open'], env],
      [[], { ...env, DISPLAY: '' }],
      [[], { ...env, BROWSER: '/nothing/here', PATH: '/nothing' }],
    ] as const) {
      const { running, url } = await review(scene, [run, '--port', '0', ...args], more);
      expect((await fetch(url)).status).toBe(200);
      running.kill('SIGINT');
      expect((await running.ended).status).toBe(0);
    }
    expect(existsSync(opened)).toBe(false);
  });

  test('finds a run by its folder, wherever that lies', async () => {
    const { scene, run } = await withBrowser();
    const elsewhere = join(scene.folder, 'else where');
    mkdirSync(elsewhere);
    renameSync(scene.runFolder(), join(elsewhere, 'my run'));
    const { running, url } = await review(scene, ['else where/my run', '--port', '0', '--no-open']);
    expect(new URL(url).pathname).toBe('/runs/my%20run/records');
    expect((await fetch(new URL('/api/runs/my%20run', url))).status).toBe(200);
    running.kill('SIGTERM');
    await running.ended;
    expect((await scene.run('review', run)).status).toBe(2);
  });

  test('takes another port when the usual one is taken, but not one that was named', async () => {
    const { scene, run } = await withBrowser();
    const first = await review(scene, [run, '--no-open']);
    const second = await review(scene, [run, '--no-open']);
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    const named = ['review', run, '--no-open', '--port', new URL(first.url).port];
    expect((await scene.run(...named)).status).toBe(2);
  });

  test('with a token set asks for it', async () => {
    const { scene, run } = await withBrowser();
    const { url } = await review(scene, [run, '--no-open', '--port', '0'], { BURNISH_TOKEN: TOKEN });
    expect((await fetch(new URL('/api/runs', url))).status).toBe(401);
  });
});

/** Files of the program, and packages, that are loaded with a file. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!isAbsolute(file)) return seen;
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)\b[^;]*?from '([^']+)';/gm,
  ))
    loadedWith(name.startsWith('.') ? resolve(dirname(file), name) : name, seen);
  return seen;
}

test('only the commands that serve load what serving needs', () => {
  const folder = join(ROOT, 'dist/cli');
  const serving = (file: string): string[] =>
    [...loadedWith(join(folder, file))].filter((name) => /^(@?hono|open$)|dist\/server\//.test(name));
  for (const name of ['serve.js', 'review.js'])
    expect(serving(`commands/${name}`).length).toBeGreaterThan(10);
  const others = readdirSync(join(folder, 'commands')).filter((name) => /(?<!serve|review)\.js$/.test(name));
  expect(others.length).toBeGreaterThan(10);
  for (const file of ['main.js', ...others.map((name) => `commands/${name}`)])
    expect(serving(file), file).toEqual([]);
});
