import type { CheckSuite } from '../checks/index.js';
import type { ReplyFormat } from '../parse.js';
import { Turn } from '../turn.js';
import { type LedgerEntry, ledgerEntries, type Policies } from './ledger.js';
import type { RunRecord } from './read-run.js';
import { readReplyFormat } from './run-prompt.js';

/**
 * Draws up the ledger of a run, reading from its `prompts/` how the replies are to be read.
 *
 * @param suite what the run's settings say that it is judged by
 */
export async function loadLedger(
  run: RunRecord,
  suite: CheckSuite,
  policies: Policies = run.manifest.settings,
): Promise<LedgerEntry[]> {
  // A judge's replies are read in one way only.
  const asked = run.attempts.filter(({ purpose }) => purpose !== 'judge');
  const hashes = new Set(asked.map(({ prompt }) => prompt));
  const formats = new Map<string, ReplyFormat>();
  for (const hash of hashes) formats.set(hash, await readReplyFormat(run.dir, hash));
  const formatOf = (hash: string): ReplyFormat => {
    const format = formats.get(hash);
    if (format === undefined) throw new Error(`No prompt with the hash ${hash}.`);
    return format;
  };
  const ledger: LedgerEntry[] = [];
  const turn = new Turn();
  for (const entry of ledgerEntries(run, policies, formatOf, suite)) {
    ledger.push(entry);
    if (turn.isOver) await turn.next();
  }
  return ledger;
}
