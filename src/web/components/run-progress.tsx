import { formatCount, formatDuration } from '../../report/figures.js';
import type { LiveRun } from '../api/use-run-events.js';
import { Chip } from './chip.js';

/** How far a run is that is under way; nothing for one that rests. */
export function RunProgress({ live: { state, progress } }: { readonly live: LiveRun }) {
  if (state === null || state === 'finished') return null;
  if (state !== 'running' || progress === null) return <Chip kind={state} />;
  const left = progress.leftMs === null ? '' : `, ${formatDuration(progress.leftMs)} left`;
  return (
    <Chip kind="running" title={progress.waiting ?? undefined}>
      running: {formatCount(progress.done)} of {formatCount(progress.total)}
      {left}
    </Chip>
  );
}
