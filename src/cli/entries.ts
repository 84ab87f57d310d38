import { shorten, UserError } from '../errors.js';
import type { LedgerEntry } from '../run/ledger.js';

/**
 * The entries of these ids, in the order of the ids.
 *
 * @param option by which the ids were given
 * @throws UserError `usage` that names the ids which are not in the run
 */
export function entriesOf<Entry extends Pick<LedgerEntry, 'example'>>(
  ledger: readonly Entry[],
  ids: readonly string[],
  option: '--id' | '--ids' = '--ids',
): Entry[] {
  const byId = new Map(ledger.map((entry) => [entry.example.id, entry]));
  const unknown = ids.filter((id) => !byId.has(id));
  if (unknown.length > 0) {
    throw new UserError('usage', 'The run has no such example.', {
      where: option,
      expected: `ids like ${ledger
        .slice(0, 3)
        .map(({ example }) => example.id)
        .join(', ')}`,
      found: shorten(unknown.join(', ')),
      hint: 'The ids are those of the dataset: its own, or row numbers from 0.',
    });
  }
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}
