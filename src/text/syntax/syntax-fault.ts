/** Where a piece of code stops being what it is said to be. */
export interface SyntaxFault {
  /** What is wrong, in a few words, without a full stop. */
  readonly message: string;
  /** UTF-16 offset within the code. */
  readonly offset: number;
  /**
   * `broken` is an error; `elided` is a body of nothing but a comment; `sketch` reads as written on purpose: a comment
   * or an ellipsis where the language has none, a blank to fill in.
   */
  readonly kind: 'broken' | 'elided' | 'sketch';
}
