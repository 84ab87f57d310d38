import { CallProgress } from '../conduct/call-progress.js';
import type { ModelSpec } from '../model/resolve.js';
import type { Gate } from '../pace/gate.js';
import { formatCompact, formatCount, formatDuration, formatNumberOf, formatUsd } from '../report/figures.js';
import { excerpt, visible } from '../report/visible.js';
import { waitingText } from '../report/waiting.js';
import type { AskEvent } from '../run/ask.js';
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
  const call = new CallProgress(() => performance.now());
  let ended = false;
  let hasWaited = false;

  const describe = (): string => {
    const { total, done, perSecond, leftMs, underWay, spending } = call.figures(gate);
    const { requestsPerMinute, tokensPerMinute } = gate.state();
    const { resent, promptTokens, completionTokens, repliesWithoutUsage, costUsd } = spending;
    const parts = [
      `${formatCount(done)}/${formatCount(total)}`,
      `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`,
      ...(leftMs === null || done === total ? [] : [`${formatDuration(leftMs)} left`]),
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
  const draw = (): void => {
    const columns = columnsOf(io.stderr);
    const { total, done, waiting } = call.figures(gate);
    const bar = paint('cyan', drawBar(done / total, 12));
    const lines = [`${bar} ${excerpt(describe(), columns - 14)}`];
    if (waiting !== null) lines.push(paint('yellow', excerpt(waitingText(waiting), columns - 1)));
    line?.(lines.join('\n'));
  };
  const log = (): void => {
    const { waiting } = call.figures(gate);
    io.stderr.write(`${describe()}${waiting === null ? '' : ` · ${visible(waitingText(waiting))}`}\n`);
  };
  const timer = setInterval(terminal ? draw : log, terminal ? REDRAW_MS : LOG_LINE_MS);
  const say = (text: string): void => {
    line?.clear();
    io.stderr.write(`${text}\n`);
  };
  return {
    onEvent: (event) => {
      call.note(event);
      if (event.type === 'round') {
        const countOf = (wanted: Task['purpose']): number =>
          event.tasks.filter(({ purpose }) => purpose === wanted).length;
        const [repairs, judgements] = [countOf('repair'), countOf('judge')];
        if (repairs > 0) say(`repairing: ${formatNumberOf(repairs, 'example')}`);
        if (judgements > 0)
          say(`judging:   ${formatNumberOf(judgements, 'request')} to ${visible(spec.name)}`);
        return;
      }
      if (event.type === 'saved' || event.waitMs === 0) return;
      if (!hasWaited && !terminal) log();
      hasWaited = true;
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
