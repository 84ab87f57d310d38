import type { ModelSpec } from '../model/resolve.js';
import type { Gate } from '../pace/gate.js';
import { formatCompact, formatCount, formatDuration, formatNumberOf, formatUsd } from '../report/figures.js';
import { excerpt, visible } from '../report/visible.js';
import type { AskEvent } from '../run/ask.js';
import { SpendingSum } from '../run/spending.js';
import type { Task } from '../run/task.js';
import { columnsOf, type Io, painter, takesColours } from './io.js';

/** How often a terminal's line is redrawn, and how often a log file gets a line, in milliseconds. */
const REDRAW_MS = 100;
const LOG_LINE_MS = 10_000;

/** Shows on stderr how far a run is. */
export interface Progress {
  onEvent(event: AskEvent): void;
  /** Says something above the line. */
  say(text: string): void;
  /** Removes the line, or writes a last one where there is no terminal. */
  end(): void;
}

export async function startProgress(spec: ModelSpec, gate: Gate, io: Io): Promise<Progress> {
  const terminal = takesColours(io.stderr, io.env);
  const paint = painter(io.stderr, io.env);
  // Loaded only where it is used: what it measures characters with takes a while to begin.
  const line = terminal ? (await import('log-update')).createLogUpdate(io.stderr) : null;
  const startedMs = performance.now();
  const spending = new SpendingSum();
  /** Tasks of the rounds that were begun so far, and how many of them are done. */
  let total = 0;
  let done = 0;
  let ended = false;
  let waiting: { untilMs: number; text: string } | null = null;

  const describe = (): string => {
    const elapsedMs = performance.now() - startedMs;
    const { underWay, requestsPerMinute, tokensPerMinute } = gate.state();
    const { resent, promptTokens, completionTokens, repliesWithoutUsage, costUsd } = spending;
    const perSecond = done / (elapsedMs / 1000);
    const parts = [
      `${formatCount(done)}/${formatCount(total)}`,
      `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`,
      ...(done === 0 || done === total
        ? []
        : [`${formatDuration(((total - done) / done) * elapsedMs)} left`]),
      costUsd === null ? 'cost unknown' : formatUsd(costUsd),
      ...(resent === 0 ? [] : [`${formatCount(resent)} re-sent`]),
      ...(ended || requestsPerMinute === null ? [] : [`limit ${formatCompact(requestsPerMinute)} rpm`]),
      ...(ended || tokensPerMinute === null ? [] : [`limit ${formatCompact(tokensPerMinute)} tpm`]),
      promptTokens + completionTokens === 0 && repliesWithoutUsage > 0
        ? 'tokens unknown'
        : `${formatCompact(promptTokens)} in, ${formatCompact(completionTokens)} out`,
      ...(underWay === 0 ? [] : [`${underWay} under way`]),
    ];
    return parts.join(' · ');
  };
  const waitingText = (): string | null =>
    waiting !== null && waiting.untilMs > performance.now() ? waiting.text : null;
  const draw = (): void => {
    const columns = columnsOf(io.stderr);
    const wait = waitingText();
    const bar = paint('cyan', drawBar(done / total, 12));
    const lines = [`${bar} ${excerpt(describe(), columns - 14)}`];
    if (wait !== null) lines.push(paint('yellow', excerpt(wait, columns - 1)));
    line?.(lines.join('\n'));
  };
  const log = (): void => {
    const wait = waitingText();
    io.stderr.write(`${describe()}${wait === null ? '' : ` · ${visible(wait)}`}\n`);
  };
  const timer = setInterval(terminal ? draw : log, terminal ? REDRAW_MS : LOG_LINE_MS);
  const say = (text: string): void => {
    line?.clear();
    io.stderr.write(`${text}\n`);
  };
  return {
    onEvent: (event) => {
      if (event.type === 'round') {
        total += event.tasks.length;
        const countOf = (wanted: Task['purpose']): number =>
          event.tasks.filter(({ purpose }) => purpose === wanted).length;
        const [repairs, judgements] = [countOf('repair'), countOf('judge')];
        if (repairs > 0) say(`repairing: ${formatNumberOf(repairs, 'example')}`);
        if (judgements > 0)
          say(`judging:   ${formatNumberOf(judgements, 'request')} to ${visible(spec.name)}`);
        return;
      }
      if (event.type === 'saved') {
        spending.add(event.attempt);
        if (event.ended) done++;
        return;
      }
      if (event.waitMs === 0) return;
      const status = event.fault.facts.status;
      const first = waiting === null;
      waiting = {
        untilMs: performance.now() + event.waitMs,
        text: `sending again in ${formatDuration(event.waitMs)}: ${status === undefined ? '' : `HTTP ${status}: `}${event.fault.message}`,
      };
      if (first && !terminal) log();
    },
    say,
    end: () => {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      line?.clear();
      line?.done();
      io.stderr.write(`${describe()}\n`);
    },
  };
}

function drawBar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, share) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
