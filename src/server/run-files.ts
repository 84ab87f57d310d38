import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ATTEMPT_FORMAT, type Attempt } from '../run/attempt.js';
import { DECISION_FORMAT, type Decision, type DecisionLine, decisionsInForce } from '../run/decision.js';
import type { Manifest } from '../run/manifest.js';
import { openManifest } from '../run/manifest-file.js';
import { type LineFormat, readLines, type StoredLines } from '../run/read-lines.js';
import { type RunRecord, readRunFiles } from '../run/read-run.js';

/** What is new in the files of a run. */
export type RunNews =
  /** They do not go on from what was read: all is to be read anew. */
  | { readonly kind: 'replaced' }
  | {
      readonly kind: 'more';
      readonly attempts: readonly Attempt[];
      /** All that are in force; null when nothing was decided. */
      readonly decisions: ReadonlyMap<string, Decision> | null;
      /** null when it is as it was. */
      readonly manifest: Manifest | null;
    };

/** Follows the files of a run, whoever writes them, and reads only what was added. */
export class RunFiles {
  readonly #dir: string;
  readonly #attempts: GrowingFile<Attempt>;
  readonly #decisions: GrowingFile<DecisionLine>;
  readonly #decisionLines: DecisionLine[];
  #manifestMark: string;

  private constructor(
    dir: string,
    attempts: StoredLines<Attempt>,
    decisions: StoredLines<DecisionLine>,
    manifestMark: string,
  ) {
    this.#dir = dir;
    this.#attempts = new GrowingFile(join(dir, 'attempts.jsonl'), ATTEMPT_FORMAT, attempts);
    this.#decisions = new GrowingFile(join(dir, 'decisions.jsonl'), DECISION_FORMAT, decisions);
    this.#decisionLines = [...decisions.records];
    this.#manifestMark = manifestMark;
  }

  /** @throws EnvironmentError when the run is damaged */
  static async open(dir: string): Promise<{ readonly files: RunFiles; readonly record: RunRecord }> {
    const mark = await markOf(join(dir, 'run.json'));
    const { record, stored } = await readRunFiles(dir);
    return { files: new RunFiles(dir, stored.attempts, stored.decisions, mark), record };
  }

  /** What was added since the last time; null for nothing. */
  async news(): Promise<RunNews | null> {
    const [attempts, decisions, mark] = await Promise.all([
      this.#attempts.readOn(),
      this.#decisions.readOn(),
      markOf(join(this.#dir, 'run.json')),
    ]);
    if (attempts === 'replaced' || decisions === 'replaced') return { kind: 'replaced' };
    const isSame = mark === this.#manifestMark;
    const manifest = isSame ? null : await openManifest(this.#dir).read();
    // Only now, when nothing can fail any more: what counts as read is not read again.
    this.#manifestMark = mark;
    this.#attempts.pass(attempts);
    this.#decisions.pass(decisions);
    this.#decisionLines.push(...decisions.records);
    const hasDecisions = decisions.records.length > 0;
    if (attempts.records.length === 0 && !hasDecisions && isSame) return null;
    return {
      kind: 'more',
      attempts: attempts.records,
      decisions: hasDecisions ? decisionsInForce(this.#decisionLines) : null,
      manifest,
    };
  }
}

/** Changes whenever a file is written anew. */
async function markOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null); // a crash may leave its copy alone
  return found === null ? '' : `${found.ino} ${found.size} ${found.mtimeMs}`;
}

type Addition<T> = Pick<StoredLines<T>, 'records' | 'wholeBytes'>;

/** A file of lines that others append to. */
class GrowingFile<T> {
  readonly #path: string;
  readonly #format: LineFormat<T>;
  #bytes: number;
  #lines: number;
  /** The last line had no line break yet, so that what comes next does not begin a line. */
  #isUnterminated: boolean;
  #inode: number | null = null;

  constructor(path: string, format: LineFormat<T>, read: StoredLines<T>) {
    this.#path = path;
    this.#format = format;
    this.#bytes = read.wholeBytes;
    this.#lines = read.records.length;
    this.#isUnterminated = read.unterminated;
  }

  /** What was added to what counts as read. */
  async readOn(): Promise<Addition<T> | 'replaced'> {
    const found = await stat(this.#path).catch(() => null);
    if (found === null) return 'replaced'; // reading all anew tells what is wrong
    const { size, ino } = found;
    this.#inode ??= ino;
    if (size < this.#bytes || ino !== this.#inode) return 'replaced';
    if (size === this.#bytes) return { records: [], wholeBytes: this.#bytes };
    if (this.#isUnterminated) return 'replaced';
    const read = await readLines(this.#path, this.#format, { bytes: this.#bytes, lines: this.#lines });
    return read.unterminated ? 'replaced' : read;
  }

  /** Lets an addition count as read. */
  pass({ records, wholeBytes }: Addition<T>): void {
    this.#bytes = wholeBytes;
    this.#lines += records.length;
  }
}
