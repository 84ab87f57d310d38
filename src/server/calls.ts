import { join } from 'node:path';
import type { RefinementOptions, RetryOptions } from '../conduct/call-options.js';
import { checksOfRun } from '../conduct/checks-of-run.js';
import { type Agree, ASK_ABOVE_USD } from '../conduct/expected-cost.js';
import { prepareRunOf, prepareToGoOn } from '../conduct/prepare-run.js';
import { changeBudgets } from '../conduct/price.js';
import {
  examplesToAsk,
  openRefinement,
  planRefinement,
  type Refinement,
  refinementOf,
  refineRun,
} from '../conduct/refine-run.js';
import { openRetry, planRetry, retryCallOf, retryRun } from '../conduct/retry-run.js';
import type { Surroundings } from '../conduct/surroundings.js';
import type { Clock } from '../pace/clock.js';
import { formatUsd } from '../report/figures.js';
import { openManifest } from '../run/manifest-file.js';
import { ownRun } from '../run/own-run.js';
import { type RunRecord, readRun } from '../run/read-run.js';
import {
  examplesNamed,
  fieldsOfCall,
  type ResumeBody,
  type RetryBody,
  type StartBody,
  selectionOf,
  toPlan,
} from './call-request.js';
import { HttpFault } from './http-fault.js';
import { OngoingCalls, type OpenedCall } from './ongoing-calls.js';
import type { Calls, Plan, Started } from './parts.js';
import { chooseModelAndPrompt, requireNamedByRun, type StartChoices } from './start-choices.js';

/** What the calls of a server are made from. */
export interface CallsParts {
  /** Where runs are made, absolute. */
  readonly runsFolder: string;
  readonly choices: StartChoices;
  /** `env` has the keys, `cwd` the packages of providers. */
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  /**
   * The file that a dataset's name stands for, absolute.
   *
   * @throws UserError for anything that is no dataset of this server
   */
  datasetPath(name: string): Promise<string>;
}

/** The calls of a server, conducted in its own process. */
export function createCalls(parts: CallsParts): Calls {
  const { runsFolder, choices, surroundings, clock } = parts;
  const ongoing = new OngoingCalls(clock, surroundings);
  const { env } = surroundings;

  const open = async (refinement: Refinement, agreed: boolean | undefined): Promise<OpenedCall> => {
    const run = await openRefinement(refinement, agreement(agreed), surroundings);
    if (run === null) throw new Error('Nobody was asked, and somebody did not agree.');
    const examples = examplesToAsk(run, refinement).length;
    return { run, examples, conduct: (host) => refineRun(run, refinement, host) };
  };

  const start = async (body: StartBody): Promise<Started | Plan> => {
    const [model = ''] = body.model === undefined ? choices.models : [body.model];
    const [prompt = ''] = body.prompt === undefined ? choices.prompts.keys() : [body.prompt];
    const options: RefinementOptions = {
      ...choices.sending,
      ...chooseModelAndPrompt({ model, prompt }, choices),
      ...fieldsOfCall(body, choices),
      ...selectionOf(body),
      baseUrl: choices.baseUrl,
      checks: choices.checks ?? undefined,
      limit: body.limit,
      onFlag: body.onFlag,
      onFail: body.onFail,
      repair: body.repair,
    };
    const path = await parts.datasetPath(body.dataset);
    const prepared = await prepareRunOf(path, options, (name) => join(runsFolder, name), surroundings);
    const { dir, draft, manifest } = prepared;
    if (draft === null) requireNamedByRun(manifest, undefined, choices, env);
    const refinement = await refinementOf(prepared, options, surroundings);
    return body.dryRun
      ? toPlan(dir, await planRefinement(refinement))
      : ongoing.begin(dir, () => open(refinement, body.agreed));
  };

  const resume = async (dir: string, body: ResumeBody): Promise<Started> =>
    ongoing.begin(dir, async () => {
      requireNamedByRun(await openManifest(dir).read(), undefined, choices, env);
      const options: RefinementOptions = {
        ...choices.sending,
        baseUrl: choices.baseUrl,
        limit: body.limit,
        budget: body.budgetUsd,
        budgetTokens: body.budgetTokens,
      };
      const prepared = await prepareToGoOn(dir, options, surroundings);
      return open(await refinementOf(prepared, options, surroundings), body.agreed);
    });

  const retry = async (dir: string, ids: readonly string[], body: RetryBody): Promise<Started | Plan> => {
    const options: RetryOptions = {
      ...choices.sending,
      ...chooseModelAndPrompt(body, choices),
      ...fieldsOfCall(body, choices),
      baseUrl: choices.baseUrl,
    };
    const prepare = async (run: RunRecord) => {
      requireNamedByRun(run.manifest, body.model, choices, env);
      const examples = examplesNamed(run, ids);
      const checks = await checksOfRun(run, surroundings);
      const call = await retryCallOf(run, examples, options, checks, surroundings);
      return { examples, call, budgets: changeBudgets(run.manifest.settings, options) };
    };
    if (body.dryRun) {
      const run = await readRun(dir);
      const { examples, call, budgets } = await prepare(run);
      return toPlan(dir, await planRetry(run, examples, call, budgets));
    }
    return ongoing.begin(dir, async () => {
      const run = await ownRun(dir);
      try {
        const { examples, call, budgets } = await prepare(run);
        await openRetry(run, examples, call, budgets, agreement(body.agreed));
        return { run, examples: examples.length, conduct: (host) => retryRun(run, examples, call, host) };
      } catch (error) {
        await run.close();
        throw error;
      }
    });
  };

  return {
    start,
    resume,
    retry,
    cancel: (dir) => ongoing.cancel(dir),
    state: (dir) => ongoing.state(dir),
    onChange: (listener) => ongoing.onChange(listener),
    close: () => ongoing.close(),
  };
}

/** Refuses what is expected to cost much, unless whoever asks for it has agreed. */
function agreement(agreed: boolean | undefined): Agree | null {
  if (agreed === true) return null;
  return async (costUsd) => {
    throw new HttpFault(409, 'cost_not_agreed', `This is expected to cost about ${formatUsd(costUsd)}.`, {
      expected: `a budget, or \`agreed\`, for what costs more than ${formatUsd(ASK_ABOVE_USD)}`,
      hint: '`dryRun` tells the plan.',
    });
  };
}
