import type { Case, ContenderName } from './cases.ts';
import { leastMs, type Question } from './conditions.ts';
import type { Contender } from './contenders/contender.ts';
import type { ServerProcess } from './server-process.ts';

/** How one contender met one case, once. */
export interface Trial {
  readonly contender: ContenderName;
  /** Trials of one seed met the same latencies. */
  readonly seed: number;
  /** From the first request at the server to the last answer safe on the disk; null when it was stopped. */
  readonly wallMs: number | null;
  /** User and system time for each record but the first, less start and end of the process; null when stopped. */
  readonly cpuPerRecordMs: number | null;
  /** The largest resident set of the process; null when it was stopped. */
  readonly maxRssMb: number | null;
  readonly requests: number;
  /** Answered with 429. */
  readonly refused: number;
  /** Answers beyond the first to the same question: paid again. */
  readonly paidAgain: number;
  /** Records without an answer in the contender's file. */
  readonly lost: number;
  readonly mostAtOnce: number;
}

export interface CaseResult {
  readonly case: Case;
  /** The least that the server's limit allows, in milliseconds. */
  readonly leastMs: number;
  readonly trials: readonly Trial[];
}

export interface Field {
  readonly server: ServerProcess;
  readonly contenders: ReadonlyMap<ContenderName, Contender>;
  /** What Burnish asks, in the order of the selection. */
  readonly questions: readonly Question[];
  /** How often each case that is repeated is measured. */
  readonly runs: number;
  readonly say: (text: string) => void;
}

/** Nobody is waited for longer: so many times the least that a limit allows, and the longest without a limit. */
const PATIENCE = 3;
const LONGEST_MS = 400_000;

/** Lets the contenders of each case meet it, one after the other. */
export async function measureMatrix(cases: readonly Case[], field: Field): Promise<CaseResult[]> {
  const idleCpuMs = new Map<ContenderName, number>();
  const results: CaseResult[] = [];
  for (const task of cases) {
    const least = leastMs(field.questions.slice(0, task.records), task);
    const trials: Trial[] = [];
    for (let seed = 1; seed <= (task.repeated ? field.runs : 1); seed++) {
      for (const name of turned(task.contenders, seed)) {
        field.say(`${task.name}: ${name} (${seed})`);
        trials.push(await measureTrial(name, task, seed, least));
      }
    }
    results.push({ case: task, leastMs: least, trials });
  }
  return results;

  async function measureTrial(name: ContenderName, task: Case, seed: number, least: number): Promise<Trial> {
    const { server } = field;
    const { concurrency, records, latency, limit } = task;
    const idleMs = idleCpuMs.get(name) ?? (await measureIdleCpu(name));
    await server.begin({ seed, latency, limit });
    const mostMs = limit === null ? LONGEST_MS : Math.round(PATIENCE * least + 10_000);
    const done = await contender(name).carryOut({
      baseUrl: server.baseUrl,
      records,
      concurrency,
      limit,
      mostMs,
    });
    const account = await server.account();
    requireSameQuestions(name, account.questions);
    return {
      contender: name,
      seed,
      wallMs: done.finishedAtMs === null ? null : done.finishedAtMs - account.firstAtMs,
      cpuPerRecordMs: done.usage === null ? null : (done.usage.cpuMs - idleMs) / (records - 1),
      maxRssMb: done.usage?.maxRssMb ?? null,
      requests: account.requests,
      refused: account.refused,
      paidAgain: account.answeredAgain,
      lost: done.lost,
      mostAtOnce: account.mostAtOnce,
    };
  }

  /** CPU time of the same process for one record. */
  async function measureIdleCpu(name: ContenderName): Promise<number> {
    const { server } = field;
    await server.begin({ seed: 0, latency: { medianMs: 0, sigma: 0 }, limit: null });
    const order = { baseUrl: server.baseUrl, records: 1, concurrency: 1, limit: null, mostMs: LONGEST_MS };
    const { usage } = await contender(name).carryOut(order);
    if (usage === null) throw new Error(`${name} never ended`);
    idleCpuMs.set(name, usage.cpuMs);
    return usage.cpuMs;
  }

  function requireSameQuestions(name: ContenderName, asked: readonly Question[]): void {
    const wanted = new Set(field.questions.map(({ id }) => id));
    const strange = asked.filter(({ id }) => !wanted.has(id)).length;
    if (strange > 0) throw new Error(`${name} sent ${strange} requests that the others do not send`);
  }

  function contender(name: ContenderName): Contender {
    const found = field.contenders.get(name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  }
}

/** Each goes first in turn, lest a machine that warms up or slows down favour one. */
function turned<T>(items: readonly T[], by: number): T[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
