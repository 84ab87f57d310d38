import { resolve } from 'node:path';
import { UserError } from '../errors.js';
import { describeRule, type SelectionRule } from '../select/index.js';
import type { SelectionOptions } from './call-options.js';
import { readIds } from './read-ids.js';
import type { Surroundings } from './surroundings.js';

/** The paper's selection, taken unless the options say otherwise. */
export const DEFAULT_RULE: SelectionRule = { kind: 'top', top: 1000, by: 'words', of: 'response', where: [] };

/**
 * The selection that the options ask for; what they leave open is as in `base`.
 *
 * @throws UserError `usage` for an option that has no meaning for such a selection
 */
export async function selectionRule(
  options: SelectionOptions,
  base: SelectionRule,
  around: Pick<Surroundings, 'cwd'>,
): Promise<SelectionRule> {
  const rule = await combine(options, base, around);
  const meaningless = [
    options.by !== undefined && !('by' in rule) ? '--by' : null,
    options.of !== undefined && !('of' in rule) ? '--of' : null,
    options.seed !== undefined && rule.kind !== 'random' ? '--seed' : null,
  ].filter((option) => option !== null);
  if (meaningless.length === 0) return rule;
  throw new UserError('usage', `${meaningless.join(' and ')} cannot be used here.`, {
    expected: '--by and --of with --top or --min, --seed with --random',
    found: `a selection that takes ${describeRule(rule)}`,
    hint: 'Leave the option out.',
  });
}

async function combine(
  options: SelectionOptions,
  base: SelectionRule,
  around: Pick<Surroundings, 'cwd'>,
): Promise<SelectionRule> {
  const { top, min, random, all, ids, idsFile } = options;
  const where = options.where === undefined ? base.where : [...options.where];
  const ranking = {
    by: options.by ?? ('by' in base ? base.by : 'words'),
    of: options.of ?? ('of' in base ? base.of : 'response'),
    where,
  };
  const seed = options.seed ?? ('seed' in base ? base.seed : 0);
  if (top !== undefined) {
    return 'top' in top ? { kind: 'top', ...top, ...ranking } : { kind: 'share', ...top, ...ranking };
  }
  if (min !== undefined) return { kind: 'min', min, ...ranking };
  if (random !== undefined) return { kind: 'random', count: random, seed, where };
  if (all === true) return { kind: 'all', where };
  if (ids !== undefined) return { kind: 'ids', ids: [...ids], where };
  if (idsFile !== undefined) return { kind: 'ids', ids: await readIds(resolve(around.cwd, idsFile)), where };
  if ('by' in base) return { ...base, ...ranking };
  return base.kind === 'random' ? { ...base, seed, where } : { ...base, where };
}
