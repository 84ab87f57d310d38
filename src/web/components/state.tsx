import type { ComponentChildren } from 'preact';
import { describeProblem } from '../api/problem.js';
import { DataText } from './data-text.js';

interface StateProps {
  readonly title: string;
  readonly level?: 'h1' | 'h2';
  readonly children?: ComponentChildren;
}

/** What stands where nothing can be shown: nothing there, not yet, not found. */
export function State({ title, level: Heading = 'h2', children }: StateProps) {
  return (
    <div class="state">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

/** What stands where loading failed. */
export function ProblemState({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  return (
    <div class="state state-problem" role="alert">
      <h2>This could not be loaded</h2>
      <p class="data">
        <DataText text={describeProblem(error)} />
      </p>
      {retry && (
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
