// Saves attempts of 3 KB until there is no room for another, then those that are under way, and tells as JSON what
// became of them.
import { existsSync, readFileSync } from 'node:fs';
import type { Attempt } from '../../../src/run/attempt.js';
import { AttemptLog } from '../../../src/run/attempt-log.js';
import { Ballast } from '../../../src/run/ballast.js';
import { LineLog } from '../../../src/run/line-log.js';

const UNDER_WAY = 50;

const [path = '', ballastBytes] = process.argv.slice(2);
const told = {
  begun: null as string | null,
  sent: 0,
  underWay: 0,
  stored: [] as string[],
  tornBytes: 0,
  thrown: null as string | null,
  closing: null as { message: string; found: string } | null,
  ballastLeft: false,
};
const words = (error: unknown) => (error as Error).message;
const found = (error: unknown) => String((error as { facts?: { found?: string } }).facts?.found);
try {
  await fill();
} catch (error) {
  told.begun = words(error);
}
told.ballastLeft = existsSync(`${path}.ballast`);
process.stdout.write(JSON.stringify(told));

async function fill(): Promise<void> {
  const ballast = await Ballast.take(`${path}.ballast`, Number(ballastBytes));
  const log = new AttemptLog(path, await LineLog.open(path), ballast);
  try {
    for (; told.sent < 2000; told.sent++) {
      await log.room();
      log.append(attemptOf(told.sent));
    }
  } catch (error) {
    told.thrown = found(error);
  }
  for (; told.underWay < UNDER_WAY; told.underWay++) log.append(attemptOf(told.sent + told.underWay));
  await log.close().catch((error: unknown) => {
    told.closing = { message: words(error), found: found(error) };
  });
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n');
  told.tornBytes = lines.pop()?.length ?? 0;
  told.stored = lines.map((line) => JSON.parse(line).example);
}

function attemptOf(number: number): Attempt {
  const content = 'answer '.repeat(430);
  return { example: String(number), reply: { content, finishReason: 'stop' } } as Attempt;
}
