import { createInterface } from 'node:readline/promises';
import { Command, CommanderError } from 'commander';
import { visible } from '../report/visible.js';
import { packageVersion } from '../version.js';
import { COMMANDS, type CommandEntry } from './commands.js';
import type { Io } from './io.js';
import { outliveFaults } from './output-fault.js';
import { printError, printJsonError } from './print-error.js';

const EXAMPLES = `
Examples:
  # see it work; no model, no key
  $ burnish demo
  # a pilot with 20 of the 1,000 longest, then the rest of the same run
  $ burnish refine alpaca.json --model gpt-4o-mini --limit 20
  $ burnish refine alpaca.json --model gpt-4o-mini
  # with Ollama; vLLM and others alike
  $ burnish refine alpaca.json --model mistral:7b \\
      --base-url http://localhost:11434/v1
  # what the newest run holds; one example, before and after
  $ burnish status
  $ burnish diff --id 7
  # any refined dataset beside its original
  $ burnish check original.json refined.json

Exit status: 0 done; 1 a bug or a failure of the environment; 2 wrong usage,
settings or data; 3 finished, but examples are blocked or pending, or of two
files a row fails; 4 stopped at the budget; 130 interrupted.`;

/** Ctrl-C, a request to end, a terminal that was closed. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the command line.
 *
 * @returns the exit status
 */
export async function main(process: NodeJS.Process): Promise<number> {
  const io: Io = {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    tell: (text) => process.stderr.write(`${visible(text)}\n`),
    onInterrupt: (handler) => {
      for (const name of INTERRUPTS) process.on(name, handler);
      return () => {
        for (const name of INTERRUPTS) process.off(name, handler);
      };
    },
    confirm: (question) => confirm(question, process),
  };
  const argv = process.argv.slice(2);
  outliveFaults(process.stderr);
  const outputFault = outliveFaults(process.stdout);
  const status = await runCommand(argv, io);
  const fault = await outputFault();
  return fault === null ? status : printError(fault, false, io);
}

async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  let status = 0;
  const program = new Command('burnish')
    .description(
      'Refines the responses of instruction-tuning datasets with an LLM, and checks every rewrite.',
    )
    .version(packageVersion(), '-V, --version')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(`burnish --help` lists the commands, `burnish COMMAND --help` the options of one)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  try {
    await addCommands(program, namedIn(argv), io, (result) => {
      status = result;
    });
    if (argv.length === 0) program.help();
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    const json = argv.includes('--json');
    if (!(error instanceof CommanderError)) return printError(error, json, io);
    if (error.exitCode === 0) return 0;
    // Commander has told the person already.
    if (json) printJsonError({ code: 'usage', message: error.message }, io);
    return 2;
  }
}

async function confirm(question: string, { stdin, stderr }: NodeJS.Process): Promise<boolean | null> {
  if (!stdin.isTTY || !stderr.isTTY) return null;
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return /^\s*y(es)?\s*$/i.test(await terminal.question(`${question} [y/N] `));
  } catch (error) {
    // Ctrl-C, or the end of the input.
    if ((error as NodeJS.ErrnoException).code === 'ABORT_ERR') return false;
    throw error;
  } finally {
    terminal.close();
  }
}

/** The command that the arguments name; only its module is loaded. */
function namedIn(argv: readonly string[]): CommandEntry | undefined {
  const name = argv.find((argument) => !argument.startsWith('-'));
  return COMMANDS.find((entry) => entry.name === name);
}

async function addCommands(
  program: Command,
  named: CommandEntry | undefined,
  io: Io,
  finish: (status: number) => void,
): Promise<void> {
  for (const entry of COMMANDS) {
    const command = program.command(entry.name).summary(entry.summary);
    if (entry !== named) continue;
    const { configure } = await entry.load();
    configure(command, finish, io);
  }
}
