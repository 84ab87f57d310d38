import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { lockHolder } from '../run/lock.js';
import type { Manifest } from '../run/manifest.js';
import { openManifest } from '../run/manifest-file.js';
import type { runSummarySchema } from './api-schemas.js';
import type { Calls, Desk, OpenRun } from './parts.js';
import type { Problems } from './problem.js';

export type RunSummary = z.infer<typeof runSummarySchema>;
type Outcomes = NonNullable<RunSummary['outcomes']>;

/** What is known of a run that is not open, as long as its files stay as long as they were. */
interface Known {
  readonly sizes: string;
  readonly outcomes: Outcomes;
  readonly costUsd: number | null;
}

export interface RunSummariesParts {
  readonly runsFolder: string;
  readonly desk: Desk;
  readonly calls: Calls;
  readonly problems: Problems;
}

/** Tells where the runs stand, without reading all of each: what a run holds is known once it was opened. */
export class RunSummaries {
  readonly #parts: RunSummariesParts;
  readonly #known = new Map<string, Known>();
  readonly #toOpen = new Set<string>();
  #isOpening = false;

  constructor(parts: RunSummariesParts) {
    this.#parts = parts;
  }

  /** All runs, the one used last first. Those that were never opened are, one after the other, after the answer. */
  async list(): Promise<RunSummary[]> {
    const names = await this.#parts.desk.names();
    const summaries = await Promise.all(names.map((name) => this.of(name)));
    for (const { run, outcomes, state } of summaries)
      if (outcomes === null && state !== 'unreadable') this.#toOpen.add(run);
    void this.#openAll();
    return summaries;
  }

  async of(run: string): Promise<RunSummary> {
    const { calls, desk, problems, runsFolder } = this.#parts;
    const dir = join(runsFolder, run);
    const open = desk.opened(run);
    let manifest: Manifest;
    try {
      manifest = await openManifest(dir).read();
      // A call that has just ended must not be told of as cut short.
      await open?.refresh(true);
    } catch (error) {
      return unreadable(run, problems.of(error));
    }
    const known = open === undefined ? await this.#remembered(run, dir) : await this.#remember(run, open);
    const { call, progress, failure } = calls.state(dir);
    const isElsewhere = call === 'idle' && (await lockHolder(join(dir, 'lock'))) !== null;
    return {
      run,
      state: call !== 'idle' ? call : isElsewhere ? 'elsewhere' : stateAtRest(known),
      dataset: basename(manifest.dataset.path),
      model: manifest.identity.model,
      createdAt: manifest.createdAt,
      selected: manifest.selected,
      outcomes: known?.outcomes ?? null,
      costUsd: known?.costUsd ?? null,
      progress,
      problem: failure === null ? null : problems.of(failure),
    };
  }

  async #remember(run: string, open: OpenRun): Promise<Known> {
    const { outcomes, spending } = open.overview();
    const known = { sizes: await sizesOf(open.dir), outcomes, costUsd: spending.costUsd };
    this.#known.set(run, known);
    return known;
  }

  async #remembered(run: string, dir: string): Promise<Known | null> {
    const known = this.#known.get(run);
    return known !== undefined && known.sizes === (await sizesOf(dir)) ? known : null;
  }

  async #openAll(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    for (const run of this.#toOpen) {
      this.#toOpen.delete(run);
      // What is wrong with a run is told to whoever asks for it.
      await this.#parts.desk.open(run).then(
        (open) => this.#remember(run, open),
        () => null,
      );
    }
    this.#isOpening = false;
  }
}

function stateAtRest(known: Known | null): RunSummary['state'] {
  if (known === null) return 'reading';
  return known.outcomes.pending === 0 ? 'finished' : 'interrupted';
}

async function sizesOf(dir: string): Promise<string> {
  const names = ['attempts.jsonl', 'decisions.jsonl'];
  const sizes = await Promise.all(names.map((name) => stat(join(dir, name)).catch(() => null)));
  return sizes.map((found) => found?.size ?? 0).join('-');
}

function unreadable(run: string, problem: RunSummary['problem']): RunSummary {
  return {
    ...{ run, state: 'unreadable', problem },
    ...{ dataset: '', model: '', createdAt: new Date(0).toISOString(), selected: 0 },
    ...{ outcomes: null, costUsd: null, progress: null },
  };
}
