import { writeLedger } from '../export/ledger-file.js';
import type { LedgerEntry } from '../run/ledger.js';

/** How long the ledger file may lag behind what was decided. */
const DELAY_MS = 2000;

/** Brings a run's ledger file up to date a little after each change: once for those that come close together. */
export class LedgerKeeper {
  readonly #path: string;
  readonly #ledger: () => readonly LedgerEntry[];
  readonly #onFault: (error: unknown) => void;
  #timer: NodeJS.Timeout | null = null;
  /** One is written after the other. */
  #writing: Promise<void> = Promise.resolve();

  /** @param onFault told when the file could not be written; it is tried again with the next change */
  constructor(path: string, ledger: () => readonly LedgerEntry[], onFault: (error: unknown) => void) {
    this.#path = path;
    this.#ledger = ledger;
    this.#onFault = onFault;
  }

  changed(): void {
    this.#timer ??= setTimeout(() => this.#write(), DELAY_MS);
  }

  /** Writes what is still to be written, and waits for its end. */
  async close(): Promise<void> {
    if (this.#timer !== null) this.#write();
    await this.#writing;
  }

  #write(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.then(() => writeLedger(this.#path, this.#ledger())).catch(this.#onFault);
  }
}
