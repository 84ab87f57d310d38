import { resolve } from 'node:path';
import type { Example } from '../dataset/example.js';
import { fingerprintFile, openDataset, type ShapeName } from '../dataset/index.js';
import { UserError } from '../errors.js';
import type { Prompt } from '../prompt/prompt.js';
import { type SelectionRule, selectExamples } from '../select/index.js';
import { describeDifference } from './identity.js';
import { type Identity, MANIFEST_VERSION, type Manifest, type RunSettings } from './manifest.js';
import { openManifest } from './manifest-file.js';
import type { RunRecord } from './read-run.js';

/** What a run is made from. */
export interface RunPlan {
  readonly datasetPath: string;
  readonly from: ShapeName | null;
  readonly skipBadRows: boolean;
  readonly selection: SelectionRule;
  readonly prompt: Prompt;
  readonly model: string;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly settings: RunSettings;
  /** Version of Burnish. */
  readonly burnish: string;
}

/** The identity that a plan leads to. Reads the dataset once, for its fingerprint. */
export async function identify(plan: RunPlan): Promise<Identity> {
  return {
    dataset: await fingerprintFile(plan.datasetPath),
    from: plan.from,
    selection: plan.selection,
    prompt: plan.prompt.hash,
    model: plan.model,
    temperature: plan.temperature,
    maxTokens: plan.maxTokens,
  };
}

/** A run that is not made yet: all that goes into its folder. */
export interface RunDraft {
  readonly manifest: Omit<Manifest, 'v'>;
  readonly selection: readonly Example[];
  readonly prompt: Prompt;
}

/**
 * Selects the examples of a new run. Nothing is written.
 *
 * @throws UserError `dataset` when the dataset is refused
 */
export async function draftRun(plan: RunPlan, identity: Identity): Promise<RunDraft> {
  const dataset = openDataset(plan.datasetPath, {
    ...(plan.from === null ? {} : { from: plan.from }),
    skipBadRows: plan.skipBadRows,
    fingerprint: true,
  });
  const { examples } = await selectExamples(dataset, plan.selection);
  const summary = dataset.summary();
  if (summary.fingerprint !== identity.dataset) {
    throw new UserError('dataset', 'The dataset changed while it was being read.', {
      where: plan.datasetPath,
      hint: 'Run the command again when nothing writes to it any more.',
    });
  }
  const manifest = {
    burnish: plan.burnish,
    createdAt: new Date().toISOString(),
    identity,
    dataset: {
      path: resolve(plan.datasetPath),
      shape: summary.shape,
      extension: `.${summary.container}${summary.gzip ? '.gz' : ''}`,
      rows: summary.rows,
      emptyResponses: summary.emptyResponses,
      badRows: summary.badRows,
    },
    selected: examples.length,
    settings: plan.settings,
    snapshot: null,
  };
  return { manifest, selection: examples, prompt: plan.prompt };
}

/** A drafted run as it will be read once it is made: nothing was asked yet. */
export function emptyRun(dir: string, { manifest, selection }: RunDraft): RunRecord {
  return {
    dir,
    manifest: { v: MANIFEST_VERSION, ...manifest },
    selection,
    attempts: [],
    sent: [],
    batches: [],
    decisions: new Map(),
    warnings: [],
  };
}

/**
 * Refuses a run of another identity.
 *
 * @throws UserError `run_conflict` that lists what differs, old and new
 */
export async function requireIdentity(dir: string, wanted: Identity): Promise<void> {
  const { identity } = await openManifest(dir).read();
  const differences = describeDifference(identity, wanted);
  if (differences.length === 0) return;
  throw new UserError('run_conflict', 'The run in this folder is another one.', {
    where: dir,
    expected: 'the dataset, selection, prompt, model and sampling parameters that it was begun with',
    found: differences.join('; '),
    hint: 'Leave out --run to begin a run of its own, or give the values it was begun with.',
  });
}
