// A chat completions server for the benchmark, in a process of its own. Its parent sends `Conditions` before each
// measurement and gets an `Account` whenever it asks for one; without a parent it ends.
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import type { Account, Conditions, Latency, Limit, Question } from './conditions.ts';
import { TokenBucket } from './token-bucket.ts';

/** What the parent sends. */
export type ServerCommand = { readonly begin: Conditions } | { readonly account: true };

/** A question with its answer, worked out once and kept, so that the server costs little while others are measured. */
interface KnownQuestion extends Question {
  readonly answer: string;
}

const examination =
  'Helpfulness: the response does what was asked, but it stops early. Relevance: every part belongs to the ' +
  'answer. Accuracy: nothing in it is wrong. Level of detail: the last point is vague, and a reader would miss ' +
  'an example. Structure: the order is good, but the ending comes abruptly and the last sentence is thin.\n\n';
const opening = 'One more example makes the first point plain, and shows how the parts work together.';

const encoding = new Tiktoken(o200k);
const known = new Map<string, KnownQuestion>();
let conditions: Conditions = { seed: 0, latency: { medianMs: 0, sigma: 0 }, limit: null };
let bucket: TokenBucket | null = null;
let account = emptyAccount();
let underWay = 0;

function emptyAccount() {
  const questions = new Map<string, KnownQuestion>();
  const answered = new Set<string>();
  return { requests: 0, refused: 0, answeredAgain: 0, mostAtOnce: 0, firstAtMs: 0, questions, answered };
}

const server = createServer((request, response) => {
  if (account.requests === 0) account.firstAtMs = Date.now();
  account.requests++;
  underWay++;
  account.mostAtOnce = Math.max(account.mostAtOnce, underWay);
  response.on('close', () => underWay--);
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => take(Buffer.concat(parts).toString(), response));
});
// A paced client leaves connections idle for long; closing them under its hands would be another benchmark.
server.keepAliveTimeout = 120_000;

function take(body: string, response: ServerResponse): void {
  const question = recognise(body);
  account.questions.set(question.id, question);
  response.setHeader('content-type', 'application/json');
  const { limit } = conditions;
  if (limit !== null && bucket !== null) {
    const amount = limit.per === 'requests' ? 1 : question.tokens;
    const { taken, waitMs } = bucket.take(amount, performance.now());
    if (limit.headers) tellLimit(response, limit, bucket, waitMs);
    if (!taken) {
      account.refused++;
      response.statusCode = 429;
      response.end(refusal(limit));
      return;
    }
  }
  const answer = () => {
    // A client that has gone away pays all the same: the answer was made.
    if (account.answered.has(question.id)) account.answeredAgain++;
    account.answered.add(question.id);
    response.end(question.answer);
  };
  const waitMs = latencyOf(question.id, conditions.seed, conditions.latency);
  if (waitMs === 0) answer();
  else setTimeout(answer, waitMs);
}

/** The headers that OpenAI and those who follow it send. */
function tellLimit(response: ServerResponse, limit: Limit, { state }: TokenBucket, waitMs: number): void {
  response.setHeader(`x-ratelimit-limit-${limit.per}`, limit.perMinute);
  response.setHeader(`x-ratelimit-remaining-${limit.per}`, Math.floor(state.level));
  response.setHeader(`x-ratelimit-reset-${limit.per}`, `${Math.ceil(state.fullInMs)}ms`);
  if (waitMs === 0) return;
  response.setHeader('retry-after-ms', Math.ceil(waitMs));
  response.setHeader('retry-after', Math.ceil(waitMs / 1000));
}

function refusal({ per }: Limit): string {
  const message = `Rate limit reached for bench on ${per} per min.`;
  return JSON.stringify({ error: { message, type: per, param: null, code: 'rate_limit_exceeded' } });
}

/** Known by its messages: clients differ in the fields that they add. */
function recognise(body: string): KnownQuestion {
  const { messages } = JSON.parse(body) as { messages: readonly { role: string; content: string }[] };
  const hash = createHash('sha256');
  for (const { role, content } of messages) hash.update(`${role}\n${content}\n`);
  const id = hash.digest('hex');
  const old = known.get(id);
  if (old !== undefined) return old;
  const prompt = messages.map(({ content }) => content).join('\n');
  const content = completionFor(prompt);
  const promptTokens = encoding.encode(prompt, [], []).length;
  const completionTokens = encoding.encode(content, [], []).length;
  const tokens = promptTokens + completionTokens;
  const answer = JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 0,
    model: 'bench',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: tokens },
  });
  const question = { id, body, tokens, answer };
  known.set(id, question);
  return question;
}

/** As long as a model's reply would be: an examination, and the response that was sent with a little more. */
function completionFor(prompt: string): string {
  const response = /<response>\n(.*)\n<\/response>/s.exec(prompt)?.[1] ?? '';
  return `${examination}[Better Answer]\n${opening}\n\n${response}\n[End]`;
}

/** Drawn from the question and the seed, so that whoever asks it under these conditions waits as long. */
function latencyOf(question: string, seed: number, { medianMs, sigma }: Latency): number {
  const digest = createHash('sha256').update(`${seed} ${question}`).digest();
  const uniform = (offset: number) => (digest.readUInt32LE(offset) + 1) / (2 ** 32 + 1);
  const normal = Math.sqrt(-2 * Math.log(uniform(0))) * Math.cos(2 * Math.PI * uniform(4));
  return medianMs * Math.exp(sigma * normal);
}

process.on('message', (command: ServerCommand) => {
  if ('begin' in command) {
    conditions = command.begin;
    const { limit } = conditions;
    bucket = limit === null ? null : new TokenBucket(limit.perMinute, performance.now());
    account = emptyAccount();
    process.send?.({ begun: true });
  } else {
    const { answered: _, questions, ...counts } = account;
    const told = [...questions.values()].map(({ id, body, tokens }) => ({ id, body, tokens }));
    process.send?.({ ...counts, questions: told } satisfies Account);
  }
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
