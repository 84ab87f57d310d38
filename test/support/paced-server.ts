// A process of its own, started by `startPacedServer`: an OpenAI-compatible server with the latency of a real one.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const MEDIAN_MS = 20;
const SIGMA = 0.5;

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { messages } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const message: string = messages.at(-1).content;
  process.send?.({ received: message });
  await sleep(MEDIAN_MS * Math.exp(SIGMA * standardNormal()));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(completion(message)), () => process.send?.({ answered: message }));
});

// A client that was killed is a normal event here.
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
});

/** Box and Muller's way from two uniform numbers to a normal one. */
function standardNormal(): number {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/** A reply that depends on the request alone. Every ninth or so holds no answer. */
function completion(message: string): object {
  const instruction = /<instruction>\n([\s\S]*?)\n<\/instruction>/.exec(message)?.[1] ?? message;
  const content =
    instruction.length % 9 === 0
      ? 'A critique and nothing else.'
      : `Vague.\n\n[Better Answer]\nRefined, for this instruction: ${instruction}\n\nDone.\n[End]`;
  return {
    object: 'chat.completion',
    model: 'paced',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
  };
}
