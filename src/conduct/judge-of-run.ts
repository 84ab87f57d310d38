import { type ModelSpec, resolveBeside } from '../model/resolve.js';
import { loadJudgePrompt } from '../prompt/load-prompt.js';
import type { Judging } from '../run/judge-rounds.js';
import type { RunSettings } from '../run/manifest.js';
import type { Judge } from './call.js';
import { priceFor } from './price.js';
import type { Surroundings } from './surroundings.js';

/**
 * The judge that the settings of a run name, at the address of the run's model unless its name has a provider.
 *
 * @param beside the run's own model
 * @returns null when nothing is to be judged
 * @throws UserError `model_config` when its key is missing
 */
export async function judgeOf(
  { judge, judgeAll, priceIn, priceOut }: RunSettings,
  beside: ModelSpec,
  which: Pick<Judging, 'suite' | 'ids' | 'limit'>,
  around: Surroundings,
): Promise<Judge | null> {
  if (judge === null) return null;
  const spec = resolveBeside(judge, beside, around.env);
  // Prices given for the run are those of its own model.
  const given = spec === beside ? { priceIn, priceOut } : { priceIn: null, priceOut: null };
  return {
    spec,
    price: await priceFor(spec, given, around),
    prompt: await loadJudgePrompt(),
    all: judgeAll,
    ...which,
  };
}
