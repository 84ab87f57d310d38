import type { CheckSuite } from '../checks/index.js';
import { currentVersion, refinedText } from '../report/compare.js';
import type { RecordRow } from '../report/record-data.js';
import { recordRow } from '../report/record-row.js';
import type { LedgerEntry } from '../run/ledger.js';
import { LivingLedger } from '../run/living-ledger.js';
import type { Manifest } from '../run/manifest.js';
import type { RunRecord } from '../run/read-run.js';
import { Turn } from '../turn.js';
import { RunFiles } from './run-files.js';
import { TextSearch } from './text-search.js';

export interface ReadingParts {
  /** The run's folder. */
  readonly dir: string;
  /** What a run is judged by. */
  suiteOf(run: RunRecord): Promise<CheckSuite>;
}

/** What the files of a run come to, from when they were read until they are replaced. */
export class RunReading {
  readonly #files: RunFiles;
  readonly suite: CheckSuite;
  readonly ledger: LivingLedger;
  readonly search: TextSearch;
  #record: RunRecord;
  /** By place; undefined for one that is to be made anew. */
  readonly #rows: (RecordRow | undefined)[];
  /** What was read could not be taken in, or not all of it. */
  #isSpoiled = false;

  private constructor(files: RunFiles, record: RunRecord, suite: CheckSuite) {
    const { dir, selection, manifest } = record;
    this.#files = files;
    this.#record = record;
    this.suite = suite;
    this.ledger = new LivingLedger({ dir, selection, policies: manifest.settings, suite });
    this.search = new TextSearch(selection.length, (place) => textsOf(this.ledger.entryAt(place)));
    this.#rows = selection.map(() => undefined);
  }

  /** @throws EnvironmentError when the run is damaged; UserError when its checks cannot be used */
  static async open({ dir, suiteOf }: ReadingParts): Promise<RunReading> {
    const { files, record } = await RunFiles.open(dir);
    const reading = new RunReading(files, record, await suiteOf(record));
    await reading.ledger.learnFormats(record.attempts);
    reading.ledger.addAttempts(record.attempts);
    reading.ledger.setDecisions(record.decisions);
    await reading.#makeRows();
    return reading;
  }

  /** As it was read, but for the attempts, which are in the ledger. */
  get record(): RunRecord {
    return this.#record;
  }

  /**
   * Takes in what was added to the files.
   *
   * @returns places of the examples that it concerns; null for no news; `replaced` when this reading is of no use any more
   * @throws EnvironmentError when what was added is damaged
   */
  async takeNews(): Promise<ReadonlySet<number> | 'replaced' | null> {
    if (this.#isSpoiled) return 'replaced';
    const news = await this.#files.news();
    if (news === null) return null;
    this.#isSpoiled = true;
    if (news.kind === 'replaced' || !keepsItsRules(this.#record.manifest, news.manifest)) return 'replaced';
    const { attempts, decisions, manifest } = news;
    await this.ledger.learnFormats(attempts);
    if (manifest !== null) this.#record = { ...this.#record, manifest };
    const changed = this.ledger.addAttempts(attempts);
    if (decisions !== null) for (const place of this.ledger.setDecisions(decisions)) changed.add(place);
    this.search.forget(changed);
    for (const place of changed) this.#rows[place] = undefined;
    await this.#makeRows();
    this.#isSpoiled = false;
    return changed;
  }

  rows(): RecordRow[] {
    return this.#rows.map((_, place) => this.#rowAt(place));
  }

  /** Makes the rows that are missing, and lets other requests have their turn meanwhile. */
  async #makeRows(): Promise<void> {
    const turn = new Turn();
    for (const [place, row] of this.#rows.entries()) {
      if (row !== undefined) continue;
      this.#rowAt(place);
      if (turn.isOver) await turn.next();
    }
  }

  #rowAt(place: number): RecordRow {
    const known = this.#rows[place];
    if (known !== undefined) return known;
    const entry = this.ledger.entryAt(place);
    const { findings } = currentVersion(entry, this.suite);
    const row = recordRow(entry, place, this.ledger.attemptsAt(place), findings);
    this.#rows[place] = row;
    return row;
  }
}

/** Whether what decides about outcomes is as before. */
function keepsItsRules(before: Manifest, now: Manifest | null): boolean {
  if (now === null) return true;
  const rules = ({ settings: { onFlag, onFail, checks } }: Manifest) =>
    JSON.stringify([onFlag, onFail, checks]);
  return rules(before) === rules(now);
}

/** The texts of an example that are searched. */
function textsOf(entry: LedgerEntry): string[] {
  const { id, instruction, input, response } = entry.example;
  return [id, instruction, input, response, refinedText(entry) ?? ''];
}
