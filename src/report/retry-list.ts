import type { LedgerEntry } from '../run/ledger.js';
import { excerpt, visible } from './visible.js';

/** The examples that would be asked again, a line each: id, verdict, and what the checks found, or why there is no reply. */
export function retryLines(entries: readonly LedgerEntry[], columns: number): string[] {
  const width = Math.max(2, ...entries.map(({ example }) => visible(example.id).length));
  return entries.map(({ example, verdict, chosen, reason }) => {
    const checks = [...new Set(chosen?.findings.map(({ check }) => check))].join(' ');
    const head = `  ${visible(example.id).padStart(width)}  ${(verdict ?? 'pending').padEnd(7)}  `;
    const why = checks === '' ? excerpt(reason ?? '', Math.max(20, columns - head.length)) : visible(checks);
    return `${head}${why}`.trimEnd();
  });
}
