import type { Command } from 'commander';
import type { Io } from './io.js';

/** Takes the exit status of the command that ran. */
export type Finish = (status: number) => void;

/** What the module of a command offers: adds the command's arguments, options and action. */
export interface CommandModule {
  configure(command: Command, finish: Finish, io: Io): void;
}
