import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { lockHolder } from '../run/lock.js';
import type { Manifest } from '../run/manifest.js';
import { openManifest } from '../run/manifest-file.js';
import type { runSummarySchema } from './api-schemas.js';
import type { Calls, Desk, OpenRun } from './parts.js';
import type { Problem, Problems } from './problem.js';

export type RunSummary = z.infer<typeof runSummarySchema>;
type Outcomes = NonNullable<RunSummary['outcomes']>;

/** What a run holds. */
interface Holding {
  readonly outcomes: Outcomes;
  readonly costUsd: number | null;
}

/** What is known of a run that is not open, as long as its files stay as long as they were. */
interface Known {
  readonly sizes: string;
  /** What it holds, or why it cannot be read. */
  readonly found: Holding | Problem;
}

/** Files of a run that what it holds depends on. */
const FILES = ['run.json', 'selection.jsonl', 'attempts.jsonl', 'decisions.jsonl'];

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
    // Before anything is read, so that what comes meanwhile makes it outdated.
    const sizes = await this.#sizesOf(run);
    let manifest: Manifest;
    try {
      manifest = await openManifest(dir).read();
      // A call that has just ended must not be told of as cut short.
      await open?.refresh(true);
    } catch (error) {
      return unreadable(run, problems.of(error));
    }
    const found =
      open === undefined ? this.#remembered(run, sizes) : this.#remember(run, sizes, holdingOf(open));
    if (found !== null && 'title' in found) return unreadable(run, found);
    const { call, progress, failure } = calls.state(dir);
    const isElsewhere = call === 'idle' && (await lockHolder(join(dir, 'lock'))) !== null;
    return {
      run,
      state: call !== 'idle' ? call : isElsewhere ? 'elsewhere' : stateAtRest(found),
      dataset: basename(manifest.dataset.path),
      model: manifest.identity.model,
      createdAt: manifest.createdAt,
      selected: manifest.selected,
      outcomes: found?.outcomes ?? null,
      costUsd: found?.costUsd ?? null,
      progress,
      problem: failure === null ? null : problems.of(failure),
    };
  }

  #remember<Found extends Known['found']>(run: string, sizes: string, found: Found): Found {
    this.#known.set(run, { sizes, found });
    return found;
  }

  #remembered(run: string, sizes: string): Known['found'] | null {
    const known = this.#known.get(run);
    return known?.sizes === sizes ? known.found : null;
  }

  async #openAll(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    for (const run of this.#toOpen) {
      this.#toOpen.delete(run);
      const { desk, problems } = this.#parts;
      const sizes = await this.#sizesOf(run);
      const found = await desk
        .open(run)
        .then(holdingOf)
        .catch((error: unknown) => problems.of(error));
      this.#remember(run, sizes, found);
    }
    this.#isOpening = false;
  }

  async #sizesOf(run: string): Promise<string> {
    const paths = FILES.map((name) => join(this.#parts.runsFolder, run, name));
    const sizes = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
    return sizes.map((found) => found?.size ?? 0).join('-');
  }
}

function holdingOf(open: OpenRun): Holding {
  const { outcomes, spending } = open.overview();
  return { outcomes, costUsd: spending.costUsd };
}

function stateAtRest(holding: Holding | null): RunSummary['state'] {
  if (holding === null) return 'reading';
  return holding.outcomes.pending === 0 ? 'finished' : 'interrupted';
}

function unreadable(run: string, problem: RunSummary['problem']): RunSummary {
  return {
    ...{ run, state: 'unreadable', problem },
    ...{ dataset: '', model: '', createdAt: new Date(0).toISOString(), selected: 0 },
    ...{ outcomes: null, costUsd: null, progress: null },
  };
}
