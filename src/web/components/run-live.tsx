import { useEffect, useRef } from 'preact/hooks';
import { formatCount, formatUsd } from '../../report/figures.js';
import type { Progress } from '../api/api-types.js';
import { useApp } from '../app-context.js';
import { describeProgress } from '../wording/progress-text.js';
import { DataText } from './data-text.js';
import { ProgressBar } from './progress-bar.js';

interface RunLiveProps {
  readonly progress: Progress;
  /** Whether the server tells at the moment how far the run is. */
  readonly connected: boolean;
}

/** How far a run is that is under way. A screen reader hears of every tenth of it. */
export function RunLive({ progress, connected }: RunLiveProps) {
  const { announce } = useApp();
  const { done, total, waiting } = progress;
  const tenth = total === 0 ? 0 : Math.floor((10 * done) / total);
  const told = useRef(tenth);
  useEffect(() => {
    if (tenth > told.current) announce(`${tenth * 10} percent done`);
    told.current = tenth;
  }, [tenth, announce]);
  useEffect(() => {
    if (waiting !== null) announce(waiting);
  }, [waiting, announce]);
  return (
    <section class="panel run-live" aria-label="Progress">
      <ProgressBar label="Progress of this call" done={done} total={total} />
      <p class="run-live-text">
        <strong>{describeProgress({ ...progress, waiting: null })}</strong>
        <span class="muted">
          {formatCount(progress.underWay)} under way · cost {formatUsd(progress.costUsd)} ·{' '}
          {formatCount(progress.promptTokens)} tokens in, {formatCount(progress.completionTokens)} out
          {progress.resent > 0 && ` · ${formatCount(progress.resent)} sent again`}
        </span>
        {!connected && <span class="problem-text">The connection is lost; it is tried again.</span>}
      </p>
      {waiting !== null && (
        <p class="run-live-waiting data">
          <DataText text={waiting} />
        </p>
      )}
    </section>
  );
}
