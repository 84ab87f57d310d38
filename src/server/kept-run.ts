import { basename, join } from 'node:path';
import { checkResponse } from '../checks/index.js';
import { shorten, UserError } from '../errors.js';
import { moveSpan } from '../report/move-span.js';
import type { RecordDetail } from '../report/record-data.js';
import { recordDetail, toFindingData } from '../report/record-detail.js';
import {
  type ChosenRecords,
  chooseRecords,
  type RecordFilter,
  type RecordOrder,
} from '../report/record-query.js';
import type { RunOverview } from '../report/run-data.js';
import { runOverview } from '../report/run-overview.js';
import { decideExample } from '../run/decide-example.js';
import type { LedgerEntry } from '../run/ledger.js';
import type { Manifest } from '../run/manifest.js';
import { type RunRecord, readSendings } from '../run/read-run.js';
import { recordDecisions } from '../run/record-decisions.js';
import { readSentPrompt } from '../run/sent-prompt.js';
import { LedgerKeeper } from './ledger-keeper.js';
import type { DecisionBody, OpenRun } from './parts.js';
import { type ReadingParts, RunReading } from './run-reading.js';

/** How often the files are looked at, at most. */
const LOOK_EVERY_MS = 100;
/** Answers to queries that are kept until something changes. */
const MOST_QUERIES = 100;
/** Records that are kept as they are shown. */
const MOST_DETAILS = 2000;

export interface KeptRunParts extends ReadingParts {
  /** Told of faults that no request can be told of. */
  onFault(error: unknown): void;
}

/** A run in memory: read once, then kept up to date, example by example. */
export class KeptRun implements OpenRun {
  readonly #parts: KeptRunParts;
  #reading: RunReading;
  readonly #queries = new Map<string, ChosenRecords>();
  readonly #details = new Map<string, RecordDetail>();
  #overview: RunOverview | null = null;
  readonly #listeners = new Set<(ids: readonly string[]) => void>();
  /** The files are looked at by one after the other. */
  #looking: Promise<void> | null = null;
  #lookedAtMs = 0;
  /** One decision after the other, each by what the one before has left. */
  #deciding: Promise<unknown> = Promise.resolve();
  readonly #ledgerFile: LedgerKeeper;

  private constructor(parts: KeptRunParts, reading: RunReading) {
    this.#parts = parts;
    this.#reading = reading;
    this.#ledgerFile = new LedgerKeeper(join(parts.dir, 'ledger.jsonl'), () => this.ledger(), parts.onFault);
  }

  /** @throws EnvironmentError when the run is damaged; UserError when its checks cannot be used */
  static async open(parts: KeptRunParts): Promise<KeptRun> {
    return new KeptRun(parts, await RunReading.open(parts));
  }

  get dir(): string {
    return this.#parts.dir;
  }

  get manifest(): Manifest {
    return this.#reading.record.manifest;
  }

  get selection(): RunRecord['selection'] {
    return this.#reading.record.selection;
  }

  /** Whether somebody waits to be told of changes. */
  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  ledger(): readonly LedgerEntry[] {
    return this.selection.map((_, place) => this.#reading.ledger.entryAt(place));
  }

  has(id: string): boolean {
    return this.#reading.ledger.placeOf(id) !== undefined;
  }

  async refresh(atOnce = false): Promise<void> {
    if (atOnce) return this.#look();
    if (this.#looking === null && performance.now() - this.#lookedAtMs < LOOK_EVERY_MS) return;
    await (this.#looking ?? this.#look());
  }

  async query(filter: RecordFilter, order: RecordOrder, page: number, size: number) {
    const { rows, facets } = await this.#choose(filter, order);
    return { total: rows.length, rows: rows.slice((page - 1) * size, page * size), facets };
  }

  async ids(filter: RecordFilter, order: RecordOrder): Promise<string[]> {
    return (await this.#choose(filter, order)).rows.map(({ id }) => id);
  }

  detail(id: string): RecordDetail {
    const place = this.#requirePlace(id);
    const known = this.#details.get(id);
    if (known !== undefined) return known;
    const { ledger, suite } = this.#reading;
    const detail = recordDetail(ledger.entryAt(place), place, ledger.attemptsAt(place), suite);
    this.#details.set(id, detail);
    const [oldest] = this.#details.keys();
    if (this.#details.size > MOST_DETAILS && oldest !== undefined) this.#details.delete(oldest);
    return detail;
  }

  overview(): RunOverview {
    const { ledger, suite } = this.#reading;
    this.#overview ??= runOverview({
      run: basename(this.dir),
      manifest: this.manifest,
      attempts: ledger.attempts,
      ledger: this.ledger(),
      rows: this.#reading.rows(),
      suite,
    });
    return this.#overview;
  }

  async promptSent(id: string, number: number) {
    const { ledger, record, suite } = this.#reading;
    const attempt = ledger.attemptsAt(this.#requirePlace(id)).find((one) => one.attempt === number);
    if (attempt === undefined) {
      throw new UserError('usage', 'There is no such attempt.', { found: String(number) });
    }
    // Of what was sent nothing else is shown, so that it is read only when asked for.
    const run = { ...record, ...(await readSendings(this.dir)), attempts: ledger.attempts };
    const { messages, doubt } = await readSentPrompt(run, attempt, suite);
    return { messages: [...messages], doubt };
  }

  checkText(id: string, text: string) {
    const { ledger, suite } = this.#reading;
    const { example } = ledger.entryAt(this.#requirePlace(id));
    const { verdict, findings } = checkResponse(example, text, suite);
    return { verdict, findings: findings.map((finding) => toFindingData(moveSpan(finding, text))) };
  }

  decide(id: string, decision: DecisionBody): Promise<RecordDetail> {
    const decided = this.#deciding.then(() => this.#decideNext(id, decision));
    this.#deciding = decided.catch(() => {}); // told to whoever decided
    return decided;
  }

  onChange(listener: (ids: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Brings the ledger file up to date. */
  close(): Promise<void> {
    return this.#ledgerFile.close();
  }

  async #decideNext(id: string, decision: DecisionBody): Promise<RecordDetail> {
    // By what anybody else has decided so far.
    await this.#look();
    const entry = this.#reading.ledger.entryAt(this.#requirePlace(id));
    await recordDecisions(this.dir, [decideExample(entry, decision, new Date().toISOString())]);
    this.#ledgerFile.changed();
    await this.#look();
    return this.detail(id);
  }

  /** Takes in what was added to the files up to now. */
  #look(): Promise<void> {
    const looking = (this.#looking ?? Promise.resolve())
      .catch(() => {}) // told to whoever looked
      .then(() => this.#takeNews())
      .finally(() => {
        if (this.#looking === looking) this.#looking = null;
      });
    this.#looking = looking;
    return looking;
  }

  async #takeNews(): Promise<void> {
    this.#lookedAtMs = performance.now();
    const changed = await this.#reading.takeNews();
    if (changed === 'replaced') this.#reading = await RunReading.open(this.#parts);
    if (changed === null) return;
    const { selection } = this;
    const places = changed === 'replaced' ? [...selection.keys()] : [...changed];
    this.#changed(places.flatMap((place) => selection[place]?.id ?? []));
  }

  #changed(ids: readonly string[]): void {
    this.#queries.clear();
    this.#overview = null;
    for (const id of ids) this.#details.delete(id);
    if (ids.length > 0) for (const listener of this.#listeners) listener(ids);
  }

  async #choose(filter: RecordFilter, order: RecordOrder): Promise<ChosenRecords> {
    const key = JSON.stringify([filter, order]);
    if (filter.q !== '' && !this.#queries.has(key)) await this.#reading.search.find(filter.q);
    const known = this.#queries.get(key);
    if (known !== undefined) return known;
    const holds = this.#reading.search.holds(filter.q);
    const chosen = chooseRecords(this.#reading.rows(), filter, order, ({ place }) => holds(place));
    this.#queries.set(key, chosen);
    const [oldest] = this.#queries.keys();
    if (this.#queries.size > MOST_QUERIES && oldest !== undefined) this.#queries.delete(oldest);
    return chosen;
  }

  #requirePlace(id: string): number {
    const place = this.#reading.ledger.placeOf(id);
    if (place !== undefined) return place;
    throw new UserError('usage', 'The run has no such example.', { found: shorten(id) });
  }
}
