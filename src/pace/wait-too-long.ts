/** The server asks for a longer wait than is granted; the run can go on later. */
export class WaitTooLong extends Error {
  /** What the server asks for, in milliseconds. */
  readonly waitMs: number;
  /** The server's words. */
  readonly words: string;

  constructor(waitMs: number, words: string) {
    super(`the server asks to wait ${Math.ceil(waitMs / 1000)} s: ${words}`);
    this.name = 'WaitTooLong';
    this.waitMs = waitMs;
    this.words = words;
  }
}
