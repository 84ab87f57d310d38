// The way of the scripts published with "Long Is More for Alignment": a batch is sent and all of it awaited before
// the next one. One failure gives up the whole batch, which is sent again after 10 s, 20 s, 40 s and so on, for
// ever. Answers are kept in memory and written at the end.
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { readTask } from './task.mjs';

const FIRST_WAIT_MS = 10_000;

const { baseUrl, concurrency, bodies, save, finish } = readTask();
// The Python client of that time did not retry.
const client = new OpenAI({ baseURL: baseUrl, apiKey: 'none', maxRetries: 0 });
const answers = [];
let waitMs = FIRST_WAIT_MS;

while (answers.length < bodies.length) {
  const giveUp = new AbortController();
  const { signal } = giveUp;
  try {
    const batch = bodies.slice(answers.length, answers.length + concurrency);
    const completions = await Promise.all(
      batch.map((body) => client.chat.completions.create(JSON.parse(body), { signal })),
    );
    answers.push(...completions.map(({ choices }) => choices[0].message.content));
    waitMs = FIRST_WAIT_MS;
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    giveUp.abort();
    await sleep(waitMs);
    waitMs *= 2;
  }
}
for (const [record, answer] of answers.entries()) save(record, answer);
finish();
