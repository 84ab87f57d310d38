import { resolve } from 'node:path';
import { UserError } from '../errors.js';
import { type ModelSpec, resolveModel } from '../model/resolve.js';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../prompt/load-prompt.js';
import type { Prompt } from '../prompt/prompt.js';
import { defaultRunName } from '../run/identity.js';
import type { Identity, Manifest, RunSettings } from '../run/manifest.js';
import { openManifest } from '../run/manifest-file.js';
import { isRun } from '../run/read-run.js';
import { readRunPrompt } from '../run/run-prompt.js';
import { draftRun, identify, type RunDraft, requireIdentity } from '../run/start-run.js';
import type { CheckedWith } from '../run/take-snapshot.js';
import { packageVersion } from '../version.js';
import type { RefinementOptions } from './call-options.js';
import { chooseChecks } from './checks-of-run.js';
import { resolveModelOfRun, storedBaseUrl } from './model-of-run.js';
import { changeBudgets } from './price.js';
import { DEFAULT_RULE, selectionRule } from './selection-rule.js';
import type { Surroundings } from './surroundings.js';

/** A run that is there or can be made, and what it is to be asked with. */
export interface PreparedRun {
  readonly dir: string;
  /** null when the run is there. */
  readonly draft: RunDraft | null;
  readonly manifest: Omit<Manifest, 'v'>;
  readonly spec: ModelSpec;
  readonly prompt: Prompt;
  readonly checks: CheckedWith;
  /** To be saved: those of the run, with what this call changes. */
  readonly settings: RunSettings;
}

const DEFAULT_SETTINGS: RunSettings = {
  baseUrl: null,
  baseUrlHadSecrets: false,
  onFlag: 'keep',
  onFail: 'keep',
  repair: 1,
  repairFlagged: false,
  output: null,
  to: null,
  priceIn: null,
  priceOut: null,
  budgetUsd: null,
  budgetTokens: null,
  checks: null,
  judge: null,
  judgeAll: false,
};

/**
 * Finds or drafts the run that refines a dataset. Everything a person can get wrong is refused here, before anything is
 * written or paid.
 *
 * @param folderOf where the run is or will be, by the name that it has unless told otherwise
 * @throws UserError
 */
export async function prepareRunOf(
  dataset: string,
  options: RefinementOptions,
  folderOf: (name: string) => string,
  around: Surroundings,
): Promise<PreparedRun> {
  const spec = resolveModel(options, around.env);
  const named = await chooseChecks(options.checks, null, around);
  const prompt = options.prompt ?? (await loadPrompt(DEFAULT_PROMPT_FILE));
  const plan = {
    datasetPath: resolve(around.cwd, dataset),
    from: options.from ?? null,
    skipBadRows: options.skipBadRows === true,
    selection: await selectionRule(options, DEFAULT_RULE, around),
    prompt,
    model: spec.name,
    temperature: options.temperature ?? prompt.settings.temperature,
    maxTokens: options.maxTokens ?? prompt.settings.max_output_tokens,
    settings: changeSettings(DEFAULT_SETTINGS, options, spec, named, around),
    burnish: packageVersion(),
  };
  const identity = await identify(plan);
  const dir = folderOf(defaultRunName(dataset, identity));
  const there = await isRun(dir);
  if (there) await requireIdentity(dir, identity);
  const draft = there ? null : await draftRun(plan, identity);
  const manifest = draft?.manifest ?? (await openManifest(dir).read());
  const checks =
    options.checks === undefined ? await chooseChecks(undefined, manifest.settings.checks, around) : named;
  return {
    ...{ dir, draft, manifest, spec, prompt, checks },
    settings: changeSettings(manifest.settings, options, spec, checks, around),
  };
}

/**
 * Finds out with what to go on with a run.
 *
 * @throws UserError, also when the options are not those that the run was begun with
 */
export async function prepareToGoOn(
  dir: string,
  options: RefinementOptions,
  around: Surroundings,
): Promise<PreparedRun> {
  const manifest = await openManifest(dir).read();
  const { identity } = manifest;
  const spec = resolveModelOfRun(options, manifest, around);
  const prompt = options.prompt ?? (await readRunPrompt(dir, identity.prompt));
  const wanted: Identity = {
    ...identity,
    from: options.from ?? identity.from,
    selection: await selectionRule(options, identity.selection, around),
    prompt: prompt.hash,
    model: spec.name,
    temperature: options.temperature ?? identity.temperature,
    maxTokens: options.maxTokens ?? identity.maxTokens,
  };
  await requireIdentity(dir, wanted);
  const checks = await chooseChecks(options.checks, manifest.settings.checks, around);
  return {
    ...{ dir, draft: null, manifest, spec, prompt, checks },
    settings: changeSettings(manifest.settings, options, spec, checks, around),
  };
}

function changeSettings(
  old: RunSettings,
  options: RefinementOptions,
  spec: ModelSpec,
  { file }: CheckedWith,
  { cwd }: Surroundings,
): RunSettings {
  return {
    ...storedBaseUrl(spec),
    onFlag: options.onFlag ?? old.onFlag,
    onFail: options.onFail ?? old.onFail,
    repair: options.repair ?? old.repair,
    repairFlagged: options.repairFlagged ?? old.repairFlagged,
    output: options.output === undefined ? old.output : resolve(cwd, options.output),
    to: options.to ?? old.to,
    priceIn: options.priceIn ?? old.priceIn,
    priceOut: options.priceOut ?? old.priceOut,
    ...changeBudgets(old, options),
    checks: file,
    ...changeJudge(old, options),
  };
}

/** @throws UserError `usage` when there is no judge to judge all */
function changeJudge(
  old: Pick<RunSettings, 'judge' | 'judgeAll'>,
  { judge, judgeAll }: RefinementOptions,
): Pick<RunSettings, 'judge' | 'judgeAll'> {
  const name = judge === undefined ? old.judge : judge === 'none' ? null : judge;
  if (judgeAll === true && name === null) {
    throw new UserError('usage', 'There is no judge.', {
      where: '--judge-all',
      expected: '--judge MODEL as well',
    });
  }
  return { judge: name, judgeAll: judgeAll ?? (judge === undefined && old.judgeAll) };
}
