import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Tells one process of one machine from all others, also from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's ticks; tells a reused process id apart. null where unknown. */
  readonly startTicks: string | null;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), startTicks: startTicksOf(process.pid) };
}

/** Whether the process may still be at work; one of another machine cannot be asked, so it counts as alive. */
export function isAlive({ pid, host, startTicks }: ProcessIdentity): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return startTicks === null || startTicks === startTicksOf(pid);
}

/** Field 22 of /proc/PID/stat (proc(5)); null where there is no such file. */
function startTicksOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null; // not Linux, or the process is gone
  }
}
