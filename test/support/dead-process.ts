import { spawnSync } from 'node:child_process';

/** The number of a process that was alive a moment ago and is no more. */
export function deadPid(): number {
  return spawnSync('true').pid;
}
