import { join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import { type ModelSpec, resolveModel } from '../model/resolve.js';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../prompt/load-prompt.js';
import type { Prompt } from '../prompt/prompt.js';
import { formatCount, formatNumberOf } from '../report/figures.js';
import { visible } from '../report/visible.js';
import { defaultRunName } from '../run/identity.js';
import type { Identity, Manifest, RunSettings } from '../run/manifest.js';
import { openManifest } from '../run/manifest-file.js';
import { isRun } from '../run/read-run.js';
import { readRunPrompt } from '../run/run-prompt.js';
import { draftRun, identify, type RunDraft, requireIdentity } from '../run/start-run.js';
import type { CheckedWith } from '../run/take-snapshot.js';
import { describeRule } from '../select/index.js';
import { chooseChecks } from './checks-of-run.js';
import { changeBudgets } from './cost.js';
import { findRun, RUNS_FOLDER } from './find-run.js';
import type { Io } from './io.js';
import { resolveModelOfRun, storedBaseUrl } from './model-of-run.js';
import { checkOutput } from './output.js';
import type { RefineOptions } from './refine-options.js';
import { DEFAULT_RULE, selectionRule } from './selection-rule.js';
import { shortPath } from './short-path.js';
import { packageVersion } from './version.js';

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
 * Finds or drafts the run that `burnish refine` was asked for. Everything a person can get wrong is refused here, before
 * anything is written or paid.
 *
 * @throws UserError
 */
export async function prepareRun(
  dataset: string | undefined,
  options: RefineOptions,
  io: Io,
): Promise<PreparedRun> {
  if (dataset !== undefined) return beginOrGoOn(dataset, options, io);
  if (options.run !== undefined) return goOn(options.run, options, io);
  throw new UserError('usage', 'Neither a dataset nor a run was given.', {
    expected: '`burnish refine DATASET`, or `burnish refine --run DIR` to go on with a run',
    hint: '`burnish refine --help` shows examples; `burnish demo` needs neither.',
  });
}

async function beginOrGoOn(dataset: string, options: RefineOptions, io: Io): Promise<PreparedRun> {
  if (options.output !== undefined)
    await checkOutput(resolve(io.cwd, options.output), [resolve(io.cwd, dataset)]);
  const spec = resolveModel(options, io.env);
  const named = await chooseChecks(options.checks, null, io);
  const prompt = await loadPrompt(
    options.prompt === undefined ? DEFAULT_PROMPT_FILE : resolve(io.cwd, options.prompt),
  );
  const plan = {
    datasetPath: resolve(io.cwd, dataset),
    from: options.from ?? null,
    skipBadRows: options.skipBadRows === true,
    selection: await selectionRule(options, DEFAULT_RULE, io),
    prompt,
    model: spec.name,
    temperature: options.temperature ?? prompt.settings.temperature,
    maxTokens: options.maxTokens ?? prompt.settings.max_output_tokens,
    settings: changeSettings(DEFAULT_SETTINGS, options, spec, named, io),
    burnish: packageVersion(),
  };
  const identity = await identify(plan);
  const dir =
    options.run === undefined
      ? join(io.cwd, RUNS_FOLDER, defaultRunName(dataset, identity))
      : resolve(io.cwd, options.run);
  const there = await isRun(dir);
  if (there) await requireIdentity(dir, identity);
  const draft = there ? null : await draftRun(plan, identity);
  const manifest = draft?.manifest ?? (await openManifest(dir).read());
  const checks =
    options.checks === undefined ? await chooseChecks(undefined, manifest.settings.checks, io) : named;
  return {
    ...{ dir, draft, manifest, spec, prompt, checks },
    settings: changeSettings(manifest.settings, options, spec, checks, io),
  };
}

async function goOn(name: string, options: RefineOptions, io: Io): Promise<PreparedRun> {
  const dir = await findRun(name, io.cwd);
  const manifest = await openManifest(dir).read();
  const { identity } = manifest;
  if (options.output !== undefined)
    await checkOutput(resolve(io.cwd, options.output), [manifest.dataset.path]);
  const spec = resolveModelOfRun(options, manifest, io);
  const prompt =
    options.prompt === undefined
      ? await readRunPrompt(dir, identity.prompt)
      : await loadPrompt(resolve(io.cwd, options.prompt));
  const wanted: Identity = {
    ...identity,
    from: options.from ?? identity.from,
    selection: await selectionRule(options, identity.selection, io),
    prompt: prompt.hash,
    model: spec.name,
    temperature: options.temperature ?? identity.temperature,
    maxTokens: options.maxTokens ?? identity.maxTokens,
  };
  await requireIdentity(dir, wanted);
  const checks = await chooseChecks(options.checks, manifest.settings.checks, io);
  return {
    ...{ dir, draft: null, manifest, spec, prompt, checks },
    settings: changeSettings(manifest.settings, options, spec, checks, io),
  };
}

function changeSettings(
  old: RunSettings,
  options: RefineOptions,
  spec: ModelSpec,
  { file }: CheckedWith,
  io: Io,
): RunSettings {
  return {
    ...storedBaseUrl(spec),
    onFlag: options.onFlag ?? old.onFlag,
    onFail: options.onFail ?? old.onFail,
    repair: options.repair ?? old.repair,
    repairFlagged: options.repairFlagged ?? old.repairFlagged,
    output: options.output === undefined ? old.output : resolve(io.cwd, options.output),
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
  { judge, judgeAll }: RefineOptions,
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

/** Tells on stderr which run it is. */
export function printHeader({ dir, draft, manifest, spec, prompt, settings }: PreparedRun, io: Io): void {
  const { dataset, identity, selected } = manifest;
  const badRows = Object.entries(dataset.badRows).map(
    ([reason, count]) => `, ${formatCount(count)} skipped: ${reason}`,
  );
  const empty =
    dataset.emptyResponses === 0
      ? ''
      : `, ${formatCount(dataset.emptyResponses)} with an empty response (never selected)`;
  const lines = [
    `dataset:   ${visible(shortPath(dataset.path, io.cwd))}: ${formatNumberOf(dataset.rows, 'row')} (${dataset.shape})${empty}${badRows.join('')}`,
    `selection: ${formatNumberOf(selected, 'example')}: ${visible(describeRule(identity.selection))}`,
    `prompt:    ${prompt.settings.name} ${prompt.settings.version}, temperature ${identity.temperature}, at most ${formatCount(identity.maxTokens)} tokens`,
    `model:     ${visible(spec.name)}${settings.baseUrl === null ? '' : ` at ${visible(settings.baseUrl)}`}`,
    ...(settings.checks === null ? [] : [`checks:    ${visible(shortPath(settings.checks.path, io.cwd))}`]),
    ...(settings.judge === null
      ? []
      : [
          `judge:     ${visible(settings.judge)}, on ${settings.judgeAll ? 'all replies' : 'what the rules do not fail'}`,
        ]),
    `run:       ${visible(shortPath(dir, io.cwd))} (${draft === null ? 'going on' : 'new'})`,
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
}
