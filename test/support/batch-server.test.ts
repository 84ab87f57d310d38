import { expect, test } from 'vitest';
import { createBatchApi } from '../../src/model/batch-api.js';
import { batchLine } from '../../src/model/batch-lines.js';
import { createOpenAiModel } from '../../src/model/openai.js';
import { startBatchServer } from './batch-server.js';
import { runChild } from './child.js';

const { signal } = new AbortController();
const request = {
  messages: [{ role: 'user', content: 'Ask 1?' }],
  temperature: 1,
  maxTokens: 10,
  omit: [],
} as const;

test('the batch server counts what was answered in batches and online together', async () => {
  const server = await startBatchServer({
    reply: (message, before) => ({ content: `${message} ${before}` }),
  });
  const api = createBatchApi({ model: 'm', baseUrl: server.url, timeoutMs: 10_000 });
  const model = createOpenAiModel({ name: 'm', baseUrl: server.url, timeoutMs: 10_000, concurrency: 1 });
  try {
    const inputFileId = await api.upload([batchLine('a', 'm', request)], 'b.jsonl', signal);
    await api.create({ inputFileId, intent: 'i' }, signal);
    expect(server.counts.byMessage).toEqual({});
    server.finish();
    expect(server.batches[0]?.status).toBe('completed');
    expect(await model.complete(request, { signal })).toMatchObject({ content: 'Ask 1? 1' });
    expect(server.counts).toMatchObject({
      batches: 1,
      byCustomId: { a: 1 },
      byMessage: { 'Ask 1?': 2 },
      calls: { upload: 1, create: 1, retrieve: 0, chat: 1 },
    });
  } finally {
    await Promise.all([api.close(), model.close()]);
    await server.close();
  }
});

test('the batch server runs in a process of its own, under control by HTTP', async () => {
  const script = { fates: [{ polls: null }] };
  const child = runChild('support/batch-server-process.ts', [JSON.stringify(script)]);
  let stdout = '';
  child.process.stdout?.on('data', (text: string) => {
    stdout += text;
  });
  await child.said('/v1\n');
  const url = /ready (\S+)/.exec(stdout)?.[1] ?? expect.fail(stdout);
  const api = createBatchApi({ model: 'm', baseUrl: url, timeoutMs: 10_000 });
  const control = async (path: string, body?: object) => {
    const response = await fetch(new URL(`/control/${path}`, url), {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  try {
    const inputFileId = await api.upload([batchLine('a', 'm', request)], 'b.jsonl', signal);
    const { id } = await api.create({ inputFileId, intent: 'i' }, signal);
    for (let poll = 0; poll < 3; poll++) {
      expect(await api.retrieve(id, signal)).toMatchObject({ status: 'in_progress' });
    }
    await control('change', { faults: { retrieve: ['none', 'none', 'none', 'html'] } });
    await expect(api.retrieve(id, signal)).rejects.toThrow('no JSON');
    await control('finish', {});
    expect(await api.retrieve(id, signal)).toMatchObject({ status: 'completed' });
    expect(await control('state')).toMatchObject({ counts: { byCustomId: { a: 1 } }, batches: [{ id }] });
  } finally {
    await api.close();
    child.process.stdin?.end();
    expect(await child.ended).toMatchObject({ status: 0 });
  }
});
