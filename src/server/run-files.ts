import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ATTEMPT_FORMAT, type Attempt } from '../run/attempt.js';
import { DECISION_FORMAT, type Decision, type DecisionLine, decisionsInForce } from '../run/decision.js';
import type { Manifest } from '../run/manifest.js';
import { openManifest } from '../run/manifest-file.js';
import { type RunRecord, readRunFiles } from '../run/read-run.js';
import { GrowingFile } from './growing-file.js';

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

interface Followed {
  readonly attempts: GrowingFile<Attempt>;
  readonly decisions: GrowingFile<DecisionLine>;
}

/** Follows the files of a run, whoever writes them, and reads only what was added. */
export class RunFiles {
  readonly #dir: string;
  readonly #files: Followed;
  readonly #decisionLines: DecisionLine[];
  #manifestMark: string;

  private constructor(dir: string, files: Followed, decisionLines: readonly DecisionLine[], mark: string) {
    this.#dir = dir;
    this.#files = files;
    this.#decisionLines = [...decisionLines];
    this.#manifestMark = mark;
  }

  /** @throws EnvironmentError when the run is damaged */
  static async open(dir: string): Promise<{ readonly files: RunFiles; readonly record: RunRecord }> {
    const mark = await markOf(join(dir, 'run.json'));
    const { record, stored } = await readRunFiles(dir);
    const followed = {
      attempts: await GrowingFile.follow(join(dir, 'attempts.jsonl'), ATTEMPT_FORMAT, stored.attempts),
      decisions: await GrowingFile.follow(join(dir, 'decisions.jsonl'), DECISION_FORMAT, stored.decisions),
    };
    return { files: new RunFiles(dir, followed, stored.decisions.records, mark), record };
  }

  /** What was added since the last time; null for nothing. */
  async news(): Promise<RunNews | null> {
    const [attempts, decisions, mark] = await Promise.all([
      this.#files.attempts.readOn(),
      this.#files.decisions.readOn(),
      markOf(join(this.#dir, 'run.json')),
    ]);
    if (attempts === 'replaced' || decisions === 'replaced') return { kind: 'replaced' };
    const isSame = mark === this.#manifestMark;
    const manifest = isSame ? null : await openManifest(this.#dir).read();
    // Only now, when nothing can fail any more: what counts as read is not read again.
    this.#manifestMark = mark;
    this.#files.attempts.pass(attempts);
    this.#files.decisions.pass(decisions);
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
