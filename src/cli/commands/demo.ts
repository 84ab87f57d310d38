import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { checksOfRun } from '../../conduct/checks-of-run.js';
import { SAMPLE_FILE, startScriptedServer } from '../../demo/scripted-server.js';
import { currentVersion } from '../../report/compare.js';
import { showEntry } from '../../report/show-entry.js';
import { exampleText } from '../../report/shown-example.js';
import { loadLedger } from '../../run/load-ledger.js';
import { readRun } from '../../run/read-run.js';
import { shortPath } from '../../short-path.js';
import type { Finish } from '../command-module.js';
import { diffLayout } from '../diff-options.js';
import { entriesOf } from '../entries.js';
import { type Io, painter } from '../io.js';
import { jsonOption } from '../options.js';
import { refine } from './refine.js';

/** Two examples of the sample whose differences are easy to take in. */
const SHOWN = ['3', '29'];

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Runs the whole flow on a small dataset that the package brings, against a scripted server on loopback. ' +
        'The replies were written beforehand; no model is asked and nothing leaves this machine.',
    )
    .addOption(jsonOption())
    .action(async (options: { json?: boolean }) => {
      finish(await demo(options.json === true, io));
    });
}

async function demo(json: boolean, io: Io): Promise<number> {
  const paint = painter(io.stdout, io.env);
  io.stderr.write(
    `${paint('bold', 'This is a demo.')} A scripted server on loopback plays replies that were written beforehand,\n` +
      'some of them bad on purpose; no model is asked. The command that runs now is the ordinary one:\n' +
      '  burnish refine sample.json --all --model scripted --base-url http://127.0.0.1:...\n\n',
  );
  const server = await startScriptedServer();
  let outcome: Awaited<ReturnType<typeof refine>>;
  try {
    outcome = await refine(
      SAMPLE_FILE,
      {
        all: true,
        model: 'scripted',
        baseUrl: server.baseUrl,
        concurrency: 4,
        timeout: 30,
        maxWait: 30,
        priceIn: 0,
        priceOut: 0,
        json,
      },
      io,
    );
  } finally {
    await server.close();
  }
  const { status, dir } = outcome;
  if (status === 130 || json) return status;
  const run = await readRun(dir);
  const { suite } = await checksOfRun(run, io);
  for (const entry of entriesOf(await loadLedger(run, suite), SHOWN)) {
    const attempts = run.attempts.filter(({ example }) => example === entry.example.id);
    const details = { critique: false, request: null };
    const shown = showEntry(entry, currentVersion(entry, suite), attempts, details);
    io.stdout.write(`\n${paint('bold', '-'.repeat(78))}\n${exampleText(shown, diffLayout(io))}\n`);
  }
  const name = basename(dir);
  io.stdout.write(
    `\n${paint('bold', 'That was the demo.')} The files are in ${shortPath(dir, io.cwd)}:\n` +
      `  ${join(shortPath(dir, io.cwd), 'refined.json')}  the training set\n` +
      `  ${join(shortPath(dir, io.cwd), 'ledger.jsonl')}  what became of every example, and why\n` +
      'Now try:\n' +
      `  burnish status ${name}\n` +
      `  burnish diff ${name}\n` +
      `  burnish diff ${name} --id 15     two answers in one reply: flagged, so the original was kept\n` +
      `  burnish diff ${name} --id 36     a critique and no answer at first: repaired\n` +
      `  burnish review ${name}           all of them, on a page in the browser\n` +
      `  burnish decide ${name} --ids 15 --accept\n` +
      `  burnish export ${name} -o refined.jsonl\n` +
      'Nothing here says how well a real model does: every reply was written beforehand.\n',
  );
  return status;
}
