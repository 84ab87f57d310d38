import type { CheckSuite } from '../checks/index.js';
import type { RunRecord } from '../run/read-run.js';
import type { Desk } from './parts.js';

export interface DeskParts {
  /** Absolute. */
  readonly runsFolder: string;
  /** What a run is judged by. */
  suiteOf(run: RunRecord): Promise<CheckSuite>;
}

export function createDesk(_parts: DeskParts): Desk {
  throw new Error('not there yet');
}
