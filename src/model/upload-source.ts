/** Lines without their line feeds, read while they are sent. */
export type Lines = Iterable<string> | AsyncIterable<string>;

/** Lines on their way into an upload, with the fault that reading them met. */
export class UploadSource {
  readonly #lines: Lines;
  #fault: unknown;
  #isClosed = false;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /** What reading the lines threw; undefined when nothing did. */
  get fault(): unknown {
    return this.#fault;
  }

  /** The connection reads on for a while after it was given up: to the end of the lines, if nobody stops it. */
  close(): void {
    this.#isClosed = true;
  }

  /**
   * The bytes to send.
   *
   * @param onRead told whenever the connection has taken what it got before
   */
  async *read(onRead: () => void): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    try {
      for await (const line of this.#lines) {
        // Ending in order would make half a file look whole.
        if (this.#isClosed) throw new Error('the upload is over');
        onRead();
        yield Buffer.from(`${line}\n`);
      }
      onRead();
    } catch (error) {
      this.#fault ??= error;
      throw error;
    }
  }
}
