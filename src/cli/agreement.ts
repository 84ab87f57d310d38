import { type Agree, ASK_ABOVE_USD } from '../conduct/expected-cost.js';
import { UserError } from '../errors.js';
import { formatUsd } from '../report/figures.js';
import type { Io } from './io.js';
import { writeJson } from './write-json.js';

/**
 * Asks on the terminal whether a call may cost what it will; null with `--yes`.
 *
 * @throws UserError `config` when there is nobody to ask
 */
export function agreement({ yes }: { readonly yes?: boolean | undefined }, io: Io): Agree | null {
  if (yes === true) return null;
  return async (costUsd) => {
    const agreed = await io.confirm(`This will cost about ${formatUsd(costUsd)}. Begin?`);
    if (agreed !== null) return agreed;
    throw new UserError(
      'config',
      `This is expected to cost about ${formatUsd(costUsd)}, and nobody can be asked.`,
      {
        expected: `--yes or a --budget for what costs more than ${formatUsd(ASK_ABOVE_USD)}`,
        found: 'neither, and no terminal',
        hint: 'Look at the plan with --dry-run, then give --budget USD or --yes.',
      },
    );
  };
}

/** What is left to do when a person does not agree: to say so; returns the exit status. */
export function declined(run: string, json: boolean, io: Io): number {
  io.stderr.write('Nothing was sent.\n');
  if (json) writeJson({ run, begun: false }, io);
  return 130;
}
