import { readUserPrices } from '../model/price-file.js';
import { type KnownPrice, priceOf } from '../model/prices.js';
import type { ModelSpec } from '../model/resolve.js';
import type { PricedModel } from '../run/commitment.js';
import type { RunSettings } from '../run/manifest.js';
import type { Judge } from './call.js';
import type { BudgetOptions } from './call-options.js';
import type { Surroundings } from './surroundings.js';

/** The prices of all models that a call asks. */
export function pricesOf(spec: ModelSpec, price: KnownPrice | null, judge: Judge | null): PricedModel[] {
  return [
    { model: spec.name, price },
    ...(judge === null ? [] : [{ model: judge.spec.name, price: judge.price }]),
  ];
}

/** The price of a model, by what was given with the call, the user's file of prices, or the list; null when unknown. */
export async function priceFor(
  spec: ModelSpec,
  { priceIn, priceOut }: Pick<RunSettings, 'priceIn' | 'priceOut'>,
  { env, cwd }: Surroundings,
): Promise<KnownPrice | null> {
  const overrides = {
    ...(priceIn === null ? {} : { inputUsdPerMTok: priceIn }),
    ...(priceOut === null ? {} : { outputUsdPerMTok: priceOut }),
  };
  return priceOf(spec, overrides, await readUserPrices(env, cwd));
}

/** What a run may use at most. */
export type Budgets = Pick<RunSettings, 'budgetUsd' | 'budgetTokens'>;

/** The budgets of a run, with what this call changes. */
export function changeBudgets(old: Budgets, { budget, budgetTokens }: BudgetOptions): Budgets {
  const change = (now: number | 'none' | undefined, before: number | null): number | null =>
    now === 'none' ? null : (now ?? before);
  return { budgetUsd: change(budget, old.budgetUsd), budgetTokens: change(budgetTokens, old.budgetTokens) };
}
