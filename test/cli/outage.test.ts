import { expect, test } from 'vitest';
import { answerError, startChatServer } from '../support/chat-server.js';
import { makeRows, setScene } from './scene.js';

// In a file of its own because it takes as long as the program is patient with a server: half a minute.
test('a server that is not there is an outage: exit status 1, and the run goes on when it is back', async () => {
  const gone = await startChatServer(() => answerError(500, 'unused'));
  await gone.close();
  const scene = await setScene({ rows: makeRows(2) });
  const outage = await scene.run('refine', 'data.json', '--model', 'm', '--base-url', gone.url);
  expect({ status: outage.status, stdout: outage.stdout }).toEqual({ status: 1, stdout: '' });
  expect(outage.stderr).toContain('gives no usable answer');
  expect(outage.stderr).toContain('ECONNREFUSED');
  expect(outage.stderr).not.toContain('this is a bug');
  const { outcomes } = JSON.parse((await scene.run('status', '--json')).stdout);
  expect(outcomes).toMatchObject({ pending: 2, kept: 0, dropped: 0, blocked: 0 });

  const back = await scene.refine();
  expect(back.status).toBe(0);
  expect(scene.asked()).toHaveLength(2);
}, 120_000);
