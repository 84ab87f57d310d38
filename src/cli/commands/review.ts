import { basename, dirname } from 'node:path';
import { type Command, Option } from 'commander';
import type { SendingOptions } from '../../conduct/call-options.js';
import type { Finish } from '../command-module.js';
import { findRun } from '../find-run.js';
import type { Io } from '../io.js';
import { openInBrowser } from '../open-in-browser.js';
import { jsonOption, wholeNumber } from '../options.js';
import { choicesOfRun } from '../review-choices.js';
import { servedSendingOptions } from '../serve-choices.js';
import { readToken } from '../serve-token.js';
import { serveUntilStopped } from '../serve-until-stopped.js';

/** Taken unless something listens there, so that the page is usually found again at the same address. */
const USUAL_PORT = 7770;
const ANY_PORT = 0;
const HOST = '127.0.0.1';
/** Bytes of the largest dataset that may be uploaded. */
const UPLOAD_LIMIT = 200_000_000;

interface ReviewOptions extends SendingOptions {
  readonly port?: number;
  readonly open: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  # the run used last
  $ burnish review
  # over SSH: open the address that it prints, through \`ssh -L 7770:localhost:7770\`
  $ burnish review alpaca --no-open --port 7770`;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Opens the review page of a run in the browser, served on this machine until Ctrl-C. Examples can be asked ' +
        'again of the model of the run, at its address; the key is found as usual, and without one all but that works.',
    )
    .argument('[run]', 'folder or name of the run (default: the one used last)')
    .addOption(
      new Option(
        '--port <n>',
        `0: any that is free (default: ${USUAL_PORT}, or any if that is taken)`,
      ).argParser(wholeNumber(0, 65_535)),
    )
    .option('--no-open', 'only print the address');
  for (const option of servedSendingOptions()) command.addOption(option);
  command
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined, options: ReviewOptions) => {
      finish(await review(name, options, io));
    });
}

async function review(name: string | undefined, options: ReviewOptions, io: Io): Promise<number> {
  const { port, open, json, ...sending } = options;
  const dir = await findRun(name, io.cwd);
  return serveUntilStopped(
    {
      ...{ runsFolder: dirname(dir), dataFolder: null, uploadLimit: UPLOAD_LIMIT },
      choices: await choicesOfRun(dir, sending, io),
      ...{ token: await readToken(undefined, io), host: HOST, allowedHosts: [] },
    },
    {
      ports: port === undefined ? [USUAL_PORT, ANY_PORT] : [port],
      json: json === true,
      path: `/runs/${encodeURIComponent(basename(dir))}/records`,
      ...(open && { onListening: (url: string) => void openInBrowser(url, io) }),
    },
    io,
  );
}
