// A chat completions server for the benchmark, in a process of its own. Its parent sends a `Round` before each
// measurement and gets an `Account` whenever it asks for one; without a parent it ends.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the requests of one measurement are answered. */
export interface Round {
  readonly type: 'begin';
  /** The same seed gives the same latency to the same body. */
  readonly seed: number;
  /** Median latency in milliseconds; 0 answers at once. */
  readonly medianMs: number;
  /** Standard deviation of the latency's logarithm. */
  readonly sigma: number;
}

/** What came in since the round began. */
export interface Account {
  readonly requests: number;
  /** When the first request came, in milliseconds since 1970. */
  readonly firstAtMs: number;
  readonly mostAtOnce: number;
  /** In order of arrival. */
  readonly bodies: readonly string[];
}

const examination =
  'Helpfulness: the response does what was asked, but it stops early. Relevance: every part belongs to the ' +
  'answer. Accuracy: nothing in it is wrong. Level of detail: the last point is vague, and a reader would miss ' +
  'an example. Structure: the order is good, but the ending comes abruptly and the last sentence is thin.\n\n';
const opening = 'One more example makes the first point plain, and shows how the parts work together.';

let round: Round = { type: 'begin', seed: 0, medianMs: 0, sigma: 0 };
let account = emptyAccount();
let underWay = 0;

function emptyAccount() {
  return { requests: 0, firstAtMs: 0, mostAtOnce: 0, bodies: [] as string[] };
}

const server = createServer((request, response) => {
  if (account.requests === 0) account.firstAtMs = Date.now();
  account.requests++;
  underWay++;
  account.mostAtOnce = Math.max(account.mostAtOnce, underWay);
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString();
    account.bodies.push(body);
    const answer = () => {
      underWay--;
      response.setHeader('content-type', 'application/json');
      response.end(completionFor(body));
    };
    const waitMs = latencyOf(body, round);
    if (waitMs === 0) answer();
    else setTimeout(answer, waitMs);
  });
});

/** Log-normal, drawn from the body and the seed, so that whoever sends a body in this round waits as long. */
function latencyOf(body: string, { seed, medianMs, sigma }: Round): number {
  const digest = createHash('sha256').update(`${seed} `).update(body).digest();
  const uniform = (offset: number) => (digest.readUInt32LE(offset) + 1) / (2 ** 32 + 1);
  const normal = Math.sqrt(-2 * Math.log(uniform(0))) * Math.cos(2 * Math.PI * uniform(4));
  return medianMs * Math.exp(sigma * normal);
}

/** A reply as long as a model's would be: an examination, and the response that was sent with a little more. */
function completionFor(body: string): string {
  const { messages } = JSON.parse(body) as { messages: readonly { readonly content: string }[] };
  const prompt = messages.at(-1)?.content ?? '';
  const response = /<response>\n(.*)\n<\/response>/s.exec(prompt)?.[1] ?? '';
  const content = `${examination}[Better Answer]\n${opening}\n\n${response}\n[End]`;
  return JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 0,
    model: 'bench',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: Math.ceil(prompt.length / 4),
      completion_tokens: Math.ceil(content.length / 4),
      total_tokens: Math.ceil((prompt.length + content.length) / 4),
    },
  });
}

process.on('message', (message: Round | { readonly type: 'account' }) => {
  if (message.type === 'begin') {
    round = message;
    account = emptyAccount();
    process.send?.({ type: 'begun' });
  } else {
    process.send?.(account);
  }
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
