import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const DATA = new URL('../../data/', import.meta.url);

/** The sample dataset that the package brings. */
export const SAMPLE_FILE = fileURLToPath(new URL('sample.json', DATA));

const sampleSchema = z.array(z.object({ instruction: z.string(), input: z.string(), output: z.string() }));
const replySchema = z.object({
  row: z.int(),
  /** Whether it is the answer to a request for a repair. */
  repair: z.boolean().default(false),
  content: z.string(),
  finish_reason: z.string(),
});
const requestSchema = z.object({ model: z.string(), messages: z.array(z.object({ content: z.string() })) });

interface ScriptedReply {
  readonly instruction: string;
  readonly response: string;
  readonly repair: boolean;
  readonly content: string;
  readonly finishReason: string;
}

/** A server that plays recorded replies. */
export interface ScriptedServer {
  /** Base URL of its OpenAI-compatible API. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

/**
 * Starts an OpenAI-compatible server on loopback that answers for the sample dataset, and for repairs of replies that
 * are bad on purpose, with replies written beforehand. There is no model behind it. Two requests are turned away at
 * first (a 429 and a 503), as happens with real servers.
 */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const script = await loadScript();
  const turnedAway = new Set<number>();
  const server = createServer((request, response) => {
    answer(request, response, script, turnedAway).catch((error: unknown) => {
      send(response, 500, { error: { message: String(error) } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function loadScript(): Promise<ScriptedReply[]> {
  const sample = sampleSchema.parse(JSON.parse(await readFile(SAMPLE_FILE, 'utf8')));
  const lines = (await readFile(new URL('replies.jsonl', DATA), 'utf8')).trim().split('\n');
  return lines.flatMap((line) => {
    const { row, repair, content, finish_reason: finishReason } = replySchema.parse(JSON.parse(line));
    const example = sample[row];
    return example === undefined
      ? []
      : [{ instruction: example.instruction, response: example.output, repair, content, finishReason }];
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  script: readonly ScriptedReply[],
  turnedAway: Set<number>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { model, messages } = requestSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  const prompt = messages.map(({ content }) => content).join('\n');
  const place = findReply(script, prompt);
  const reply = script[place];
  if (reply === undefined) {
    send(response, 400, { error: { message: 'No reply was recorded for this request.' } });
    return;
  }
  // Between 60 and 400 ms, different for each example and the same every time.
  await sleep(60 + ((place * 137) % 341));
  if ((place === 4 || place === 17) && !turnedAway.has(place)) {
    turnedAway.add(place);
    const status = place === 4 ? 429 : 503;
    send(response, status, { error: { message: 'Scripted: please try again.' } }, { 'retry-after': '1' });
    return;
  }
  send(response, 200, {
    id: `scripted-${place}`,
    object: 'chat.completion',
    created: 0,
    model,
    choices: [
      { index: 0, finish_reason: reply.finishReason, message: { role: 'assistant', content: reply.content } },
    ],
    usage: countTokens(prompt, reply.content),
  });
}

/** The place of the reply to a prompt; -1 when there is none. What is not repaired is answered as before. */
function findReply(script: readonly ScriptedReply[], prompt: string): number {
  const find = (repair: boolean): number =>
    script.findIndex(
      (reply) =>
        reply.repair === repair && prompt.includes(reply.instruction) && prompt.includes(reply.response),
    );
  // Only the prompt for repairs shows an attempt that failed.
  const repaired = prompt.includes('</attempt>') ? find(true) : -1;
  return repaired === -1 ? find(false) : repaired;
}

/** A rough count, four characters a token: nothing is tokenised here. */
function countTokens(prompt: string, completion: string): object {
  const promptTokens = Math.ceil(prompt.length / 4);
  const completionTokens = Math.ceil(completion.length / 4);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
