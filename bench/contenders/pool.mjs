// The least that does the work: workers that send ready-made bodies with undici and keep the answers. What is not
// answered with 200 is lost.
import { Agent, request } from 'undici';
import { readTask } from './task.mjs';

const { baseUrl, concurrency, bodies, save, finish } = readTask();
const dispatcher = new Agent({ connections: concurrency });
const queue = bodies.entries();

async function work() {
  for (const [record, body] of queue) {
    const { statusCode, body: answer } = await request(`${baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher,
    });
    const text = await answer.text();
    if (statusCode === 200) save(record, text);
  }
}

await Promise.all(Array.from({ length: concurrency }, work));
finish();
await dispatcher.close();
