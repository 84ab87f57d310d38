import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeRows } from '../cli/scene.js';
import { makeFolder } from '../support/cli.js';
import { setServiceScene } from './service-scene.js';

/** A folder for temporary files that is this test's own. */
function ownTemporaryFolder(): string {
  const folder = makeFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  return folder;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('a download', () => {
  test('leaves no file behind, when it is read to its end', async () => {
    const folder = ownTemporaryFolder();
    const { finishedRun, ask } = await setServiceScene();
    const run = await finishedRun();
    await (await ask('GET', `/api/runs/${run}/export`)).text();
    await until(() => readdirSync(folder).filter((name) => name.startsWith('burnish-export')).length === 0);
  });

  test('leaves none when the client goes away, nor when it asks by HEAD', async () => {
    const folder = ownTemporaryFolder();
    const output = 'word '.repeat(20_000);
    const rows = makeRows(100).map((row, index) => ({ ...row, output: `${index} ${output}` }));
    const { finishedRun, listen, ask } = await setServiceScene({ rows });
    const run = await finishedRun({ limit: 1 });
    const { url } = await listen();
    const left = () => readdirSync(folder).filter((name) => name.startsWith('burnish-export'));
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /api/runs/${run}/export?partial=1 HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    expect(left()).toHaveLength(1);
    socket.destroy();
    await until(() => left().length === 0);
    await ask('HEAD', `/api/runs/${run}/export?partial=1`);
    const head = await fetch(`${url}/api/runs/${run}/export?partial=1`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    await until(() => left().length === 0);
  });

  test.each(['a "quoted"\r\nx', 'ünï', '; filename=x'])(
    'is named safely for a run named %j',
    async (name) => {
      const { finishedRun, another, runsFolder } = await setServiceScene();
      const run = await finishedRun();
      renameSync(join(runsFolder, run), join(runsFolder, name));
      const { ask } = await another();
      const response = await ask('GET', `/api/runs/${encodeURIComponent(name)}/export`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
    },
  );

  test('goes by no file ending but those of datasets', async () => {
    const { finishedRun, another, runsFolder } = await setServiceScene();
    const run = await finishedRun();
    const file = join(runsFolder, run, 'run.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.dataset.extension = '/../../../../tmp/x.json';
    mkdirSync(join(runsFolder, run, 'x'), { recursive: true });
    writeFileSync(file, JSON.stringify(manifest));
    writeFileSync(`${file}.bak`, JSON.stringify(manifest));
    const { problem } = await another();
    expect(await problem('GET', `/api/runs/${run}/export`)).toMatchObject({ code: 'run_damaged' });
  });
});
