// The `openai` client as it comes (two retries of its own), held to so many requests at once by p-limit.
import OpenAI from 'openai';
import pLimit from 'p-limit';
import { readTask } from './task.mjs';

const { baseUrl, concurrency, bodies, save, finish } = readTask();
const client = new OpenAI({ baseURL: baseUrl, apiKey: 'none' });
const limit = pLimit(concurrency);

async function ask(body, record) {
  try {
    const completion = await client.chat.completions.create(JSON.parse(body));
    save(record, completion.choices[0].message.content);
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
  }
}

await Promise.all(bodies.map((body, record) => limit(ask, body, record)));
finish();
