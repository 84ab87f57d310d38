import { Option } from 'commander';
import type { CheckSuite, Finding } from '../checks/index.js';
import { shorten, UserError } from '../errors.js';
import { idList } from './options.js';

/** `--check`, which names checks: several, or several times, or with commas. */
export const checkIdsOption = (description: string): Option =>
  new Option('--check <id...>', description).argParser(
    (text: string, before: readonly string[] | undefined) => [...(before ?? []), ...idList(text)],
  );

/**
 * Refuses ids that no check of the suite has, and none of the findings: a run may hold findings of others.
 *
 * @throws UserError `usage`
 */
export function requireCheckIds(
  ids: readonly string[],
  suite: CheckSuite,
  findings: Iterable<Pick<Finding, 'check'>>,
): void {
  const known = new Set(suite.map(({ check }) => check.id));
  for (const { check } of findings) known.add(check);
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw new UserError('usage', 'There is no such check.', {
    where: '--check',
    expected: [...known].join(', '),
    found: shorten(unknown.join(', ')),
    hint: 'Ids that follow --check are all taken for checks; what is to be checked or retried is named before it.',
  });
}
