import { createLogUpdate } from 'log-update';
import { formatCount, formatDuration, formatNumberOf } from '../report/figures.js';
import { excerpt, visible } from '../report/visible.js';
import type { BatchEvent } from '../run/batch/batch-context.js';
import type { OddLines } from '../run/batch/collection.js';
import { columnsOf, type Io, takesColours } from './io.js';

/** Shows on stderr how far the batches of a run are. */
export interface BatchProgress {
  onEvent(event: BatchEvent): void;
  say(text: string): void;
  end(): void;
}

/** On a terminal one line that is redrawn, else a line for every change. */
export function startBatchProgress(io: Io): BatchProgress {
  const line = takesColours(io.stderr, io.env) ? createLogUpdate(io.stderr) : null;
  const standing = new Map<string, string>();
  const say = (text: string): void => {
    line?.clear();
    io.stderr.write(`${text}\n`);
  };
  const draw = (): void => {
    if (line === null || standing.size === 0) return;
    const text = [...standing].map(([id, described]) => `${id}: ${described}`).join(' · ');
    line(excerpt(text, columnsOf(io.stderr) - 1));
  };
  const onEvent = (event: BatchEvent): void => {
    switch (event.type) {
      case 'placed': {
        const { serverId, intent } = event.record;
        const what = intent.purpose === 'repair' ? 'repair' : 'request';
        say(
          `batch ${visible(serverId ?? intent.batch)}: sent, ${formatNumberOf(intent.requests.length, what)}`,
        );
        return;
      }
      case 'seen': {
        const { id, status, counts } = event.batch;
        const done = counts.completed + counts.failed;
        const text = `${status}${counts.total === 0 ? '' : `, ${formatCount(done)} of ${formatCount(counts.total)} done`}${counts.failed === 0 ? '' : `, ${formatCount(counts.failed)} failed`}`;
        if (standing.get(id) !== text && line === null) say(`batch ${visible(id)}: ${text}`);
        standing.set(id, text);
        draw();
        return;
      }
      case 'collected': {
        const id = event.record.serverId ?? event.record.intent.batch;
        standing.delete(id);
        const { requests } = event.record.intent;
        say(`batch ${visible(id)}: collected, ${formatNumberOf(requests.length, 'request')}`);
        for (const warning of oddities(event.odd)) say(`warning: batch ${visible(id)}: ${warning}`);
        draw();
        return;
      }
      case 'waiting':
        say(`asking the server again in ${formatDuration(event.waitMs)}: ${visible(event.fault.message)}`);
        return;
      case 'note':
        say(visible(event.text));
        return;
      case 'saved':
        return;
    }
  };
  return {
    onEvent,
    say,
    end: () => {
      line?.clear();
      line?.done();
    },
  };
}

function oddities({ duplicated, foreign, unreadable, missing }: OddLines): string[] {
  return [
    ...(duplicated === 0
      ? []
      : [`${formatNumberOf(duplicated, 'line')} for requests that had one; the first reply counts`]),
    ...(foreign === 0
      ? []
      : [`${formatNumberOf(foreign, 'line')} for requests that were never sent, left out`]),
    ...(unreadable === 0 ? [] : [`${formatNumberOf(unreadable, 'line')} torn or not readable, left out`]),
    ...(missing === 0 ? [] : [`${formatNumberOf(missing, 'request')} without a line, maybe charged`]),
  ];
}
