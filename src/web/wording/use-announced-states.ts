import { useEffect, useRef } from 'preact/hooks';
import { visible } from '../../report/visible.js';
import type { RunSummary } from '../api/api-types.js';
import { useApp } from '../app-context.js';

/** Has a screen reader say when a run begins, ends or stops; not how far it is at every moment. */
export function useAnnouncedStates(runs: readonly Pick<RunSummary, 'run' | 'state'>[] | undefined): void {
  const { announce } = useApp();
  const before = useRef(new Map<string, RunSummary['state']>());
  useEffect(() => {
    for (const { run, state } of runs ?? []) {
      const known = before.current.get(run);
      if (known !== undefined && known !== state) announce(`${visible(run)}: ${state}`);
      before.current.set(run, state);
    }
  }, [runs, announce]);
}
