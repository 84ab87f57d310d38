/** What a call may use of the outside world, whoever runs it. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Absolute: where relative paths begin, and where a provider's package is looked for as well. */
  readonly cwd: string;
  /** Tells a person something in passing: one line of plain text, which may quote what comes from elsewhere. */
  tell(text: string): void;
}
