import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { UserError } from '../../errors.js';
import { LEAST_TOKEN_LENGTH } from '../../server/access.js';
import { isLoopback } from '../../server/own-hosts.js';
import type { Finish } from '../command-module.js';
import { RUNS_FOLDER } from '../find-run.js';
import type { Io } from '../io.js';
import { checksOption, jsonOption, wholeNumber } from '../options.js';
import { type ServedChoices, servedSendingOptions, startChoices } from '../serve-choices.js';
import { readToken } from '../serve-token.js';
import { serveUntilStopped } from '../serve-until-stopped.js';

interface ServeOptions extends ServedChoices {
  readonly port: number;
  readonly host: string;
  readonly allowHost: readonly string[];
  readonly runs: string;
  readonly dataDir?: string;
  /** Megabytes. */
  readonly uploadLimit: number;
  readonly tokenFile?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  # look at the runs below ./runs, and decide; nothing can be sent
  $ burnish serve
  # start runs from the datasets in ./data as well
  $ burnish serve --data-dir data --model gpt-4o-mini --model gpt-4o
  # for others in the network: with a token
  $ BURNISH_TOKEN=$(openssl rand -hex 24) burnish serve --host 0.0.0.0`;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Serves the runs over HTTP, with a page on which they can be started, watched, reviewed and exported. Requests ' +
        'can name only the models, prompts and checks given here. With BURNISH_TOKEN set, or --token-file, one has ' +
        'to log in; another host than loopback needs that.',
    )
    .addOption(
      new Option('--port <n>', '0: any that is free').argParser(wholeNumber(0, 65_535)).default(7770),
    )
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--allow-host <name...>', 'further names by which it may be called, of a proxy say', [])
    .option('--runs <dir>', 'where the runs are', RUNS_FOLDER)
    .option('--data-dir <dir>', 'where the datasets are from which runs can be started')
    .addOption(
      new Option('--upload-limit <mb>', 'the largest dataset that may be uploaded')
        .argParser(wholeNumber(0, 100_000))
        .default(200),
    )
    .option('--model <name...>', 'models that may be asked, the default first (or BURNISH_MODEL)')
    .option('--base-url <url>', 'where they are: an OpenAI-compatible server (or OPENAI_BASE_URL)')
    .option('--prompt <file...>', 'prompts that may be used beside introspect')
    .addOption(checksOption())
    .option('--token-file <file>', 'a file with the token that one has to log in with');
  for (const option of servedSendingOptions()) command.addOption(option);
  command
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeOptions) => {
      finish(await serve(options, io));
    });
}

async function serve(options: ServeOptions, io: Io): Promise<number> {
  const { host, port, allowHost, uploadLimit, dataDir } = options;
  const token = await readToken(options.tokenFile, io);
  if (token === null && !isLoopback(host)) {
    throw new UserError('usage', 'A server that others can reach needs a token.', {
      where: `--host ${host}`,
      expected: `BURNISH_TOKEN, or --token-file, with ${LEAST_TOKEN_LENGTH} characters or more`,
      hint: 'Leave out --host, so that only this machine reaches it, or set a token.',
    });
  }
  return serveUntilStopped(
    {
      runsFolder: resolve(io.cwd, options.runs),
      dataFolder: dataDir === undefined ? null : resolve(io.cwd, dataDir),
      uploadLimit: uploadLimit * 1_000_000,
      choices: await startChoices(options, io),
      ...{ token, host },
      allowedHosts: allowHost,
    },
    { ports: [port], json: options.json === true, path: '/' },
    io,
  );
}
