import type { Command } from 'commander';
import { checksOfRun } from '../../conduct/checks-of-run.js';
import { redactUrl } from '../../model/redact.js';
import { batchLines } from '../../report/batches.js';
import { commitmentLines } from '../../report/commitment.js';
import { formatNumberOf } from '../../report/figures.js';
import { judgingText } from '../../report/judging.js';
import { repairLines } from '../../report/repairs.js';
import { spendingLines } from '../../report/spending.js';
import { checkLines, outcomeLines, reasonLines } from '../../report/summary.js';
import { visible } from '../../report/visible.js';
import { judgingState } from '../../run/judge-rounds.js';
import { countOutcomes } from '../../run/ledger.js';
import { loadLedger } from '../../run/load-ledger.js';
import { readRun } from '../../run/read-run.js';
import { findVerdictChanges } from '../../run/verdict-changes.js';
import { shortPath } from '../../short-path.js';
import type { Finish } from '../command-module.js';
import { conclusionData, warnOfChanges } from '../conclusion.js';
import { statusOf } from '../exit-status.js';
import { findRun } from '../find-run.js';
import { columnsOf, type Io, painter } from '../io.js';
import { jsonOption } from '../options.js';
import { writeJson } from '../write-json.js';

/** How many examples that are not refined are listed unless all are asked for. */
const LISTED = 20;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description('Tells what a run holds: outcomes, findings, requests, tokens, cost, what is left.')
    .argument('[run]', 'folder or name of the run (default: the one used last)')
    .option('--all', 'list every example that is not refined, with its reason')
    .addOption(jsonOption())
    .action(async (name: string | undefined, options: { all?: boolean; json?: boolean }) => {
      finish(await status(name, options, io));
    });
}

async function status(
  name: string | undefined,
  options: { all?: boolean; json?: boolean },
  io: Io,
): Promise<number> {
  const run = await readRun(await findRun(name, io.cwd));
  for (const warning of run.warnings) io.stderr.write(`warning: ${warning}\n`);
  const checks = await checksOfRun(run, io);
  const ledger = await loadLedger(run, checks.suite);
  const changes = findVerdictChanges(run, ledger, checks);
  const judging = judgingState(ledger, run.manifest.settings);
  warnOfChanges(changes, io);
  if (options.json === true) {
    writeJson(conclusionData(run, { ledger, changes, judging, output: null }), io);
    return statusOf(ledger, undefined, judging.unjudged);
  }
  const { manifest } = run;
  const { settings, identity, dataset } = manifest;
  const paint = painter(io.stdout, io.env);
  const findings = checkLines(ledger);
  const reasons = reasonLines(ledger, columnsOf(io.stdout), options.all === true ? ledger.length : LISTED);
  const lines = [
    `run:       ${visible(shortPath(run.dir, io.cwd))}, begun ${manifest.createdAt.slice(0, 16).replace('T', ' ')} UTC`,
    `dataset:   ${visible(shortPath(dataset.path, io.cwd))}, ${formatNumberOf(manifest.selected, 'example')} selected`,
    `model:     ${visible(identity.model)}${settings.baseUrl === null ? '' : ` at ${visible(redactUrl(settings.baseUrl))}`}`,
    ...(settings.checks === null ? [] : [`checks:    ${visible(shortPath(settings.checks.path, io.cwd))}`]),
    ...(settings.judge === null
      ? []
      : [
          `judge:     ${visible(settings.judge)}${settings.judgeAll ? ', of all replies' : ''}: ${judgingText(judging)}`,
        ]),
    `policies:  --on-flag ${settings.onFlag}, --on-fail ${settings.onFail}, --repair ${settings.repair}${settings.repairFlagged ? ' --repair-flagged' : ''}`,
    ...repairLines(ledger, settings).map((line) => `repairs:   ${line}`),
    '',
    paint('bold', 'Spending'),
    ...spendingLines(run.attempts, countOutcomes(ledger).refined),
    ...commitmentLines(run),
    '',
    paint('bold', 'Outcomes'),
    ...outcomeLines(ledger),
    ...(run.batches.length === 0 ? [] : ['', paint('bold', 'Batches'), ...batchLines(run)]),
    ...(findings.length === 0 ? [] : ['', paint('bold', 'Findings'), ...findings]),
    ...(reasons.length === 0 ? [] : ['', paint('bold', 'Not refined'), ...reasons]),
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
  return statusOf(ledger, undefined, judging.unjudged);
}
