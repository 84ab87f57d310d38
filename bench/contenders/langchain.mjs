// LangChain's `.batch` with its own retries (six). The answers come all together, at the end; `returnExceptions`
// keeps one failure from discarding them.
import { ChatOpenAI } from '@langchain/openai';
import { readTask } from './task.mjs';

const { baseUrl, concurrency, bodies, save, finish } = readTask();
const requests = bodies.map((body) => JSON.parse(body));
const [{ model, temperature, max_tokens: maxTokens }] = requests;
const chat = new ChatOpenAI({
  model,
  temperature,
  maxTokens,
  apiKey: 'none',
  configuration: { baseURL: baseUrl },
});
const answers = await chat.batch(
  requests.map(({ messages }) => messages),
  { maxConcurrency: concurrency },
  { returnExceptions: true },
);
for (const [record, answer] of answers.entries()) {
  if (!(answer instanceof Error)) save(record, answer.content);
}
finish();
