import type { CallEnd } from '../conduct/call.js';
import type { Conclusion } from '../conduct/conclude.js';
import { toLedgerLine } from '../export/ledger-file.js';
import { batchData, batchesLine } from '../report/batches.js';
import { formatNumberOf } from '../report/figures.js';
import { judgingText } from '../report/judging.js';
import { countRepaired, repairLines } from '../report/repairs.js';
import { spendingData } from '../report/spending.js';
import { budgetLines, checkLines, outcomeLines, reasonLines, spendingLine } from '../report/summary.js';
import { verdictChangeLines } from '../report/verdict-changes.js';
import { visible } from '../report/visible.js';
import { commitmentOf, pricedBySettings } from '../run/commitment.js';
import type { JudgingState } from '../run/judge-rounds.js';
import { countOutcomes } from '../run/ledger.js';
import type { RunRecord } from '../run/read-run.js';
import type { VerdictChanges } from '../run/verdict-changes.js';
import { shortPath } from '../short-path.js';
import { columnsOf, type Io, painter } from './io.js';

/** How many kept, dropped and blocked examples are listed on a screen; the ledger file has all. */
const LISTED = 15;

/** Tells on stderr how a call ended. */
export function printConclusion(
  run: RunRecord,
  { ledger, changes, judging, output }: Conclusion,
  { budgetSpent }: CallEnd,
  io: Io,
): void {
  const paint = painter(io.stderr, io.env);
  const dir = shortPath(run.dir, io.cwd);
  const { pending } = countOutcomes(ledger);
  const { settings } = run.manifest;
  const hasMore = pending + judging.unjudged > 0 || countRepaired(ledger, settings).due > 0;
  const checks = checkLines(ledger);
  const reasons = reasonLines(ledger, columnsOf(io.stderr), LISTED);
  const changed = verdictChangeLines(changes, columnsOf(io.stderr));
  const lines = [
    '',
    paint('bold', 'Outcomes'),
    ...outcomeLines(ledger),
    ...(checks.length === 0 ? [] : ['', paint('bold', 'Findings'), ...checks]),
    ...(reasons.length === 0 ? [] : ['', paint('bold', 'Not refined'), ...reasons]),
    ...(changed.length === 0 ? [] : ['', ...changed.map((line) => paint('yellow', line))]),
    '',
    ...repairLines(ledger, settings).map((line) => `repairs:      ${line}`),
    spendingLine(run),
    ...batchesLine(run, shortPath(run.dir, io.cwd)),
    ...judgedLine(run, judging),
    ...(budgetSpent === null ? [] : budgetLines(budgetSpent).map((line) => paint('yellow', line))),
    `run:          ${visible(dir)}`,
    `ledger:       ${visible(dir)}/ledger.jsonl`,
    output === null
      ? `training set: none yet${pending === 0 ? '' : `, ${pending} pending`}${judging.unjudged === 0 ? '' : `, ${judging.unjudged} to be judged`}`
      : `training set: ${visible(shortPath(output.path, io.cwd))} (${output.rows} rows)`,
    ...(hasMore ? [`go on with:   burnish refine --run ${visible(dir)}`] : []),
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
}

function judgedLine({ manifest }: RunRecord, judging: JudgingState): string[] {
  const { judge } = manifest.settings;
  return judge === null ? [] : [`by the judge: ${judgingText(judging)} (${visible(judge)})`];
}

/** Says that examples are left alone because they wait in batches. */
export function tellInBatches(run: RunRecord, count: number, io: Io): void {
  if (count === 0) return;
  const dir = visible(shortPath(run.dir, io.cwd));
  io.stderr.write(
    `in batches: ${formatNumberOf(count, 'example')}, left alone; \`burnish refine --run ${dir} --batch\` collects, ` +
      `\`burnish cancel ${dir}\` cancels\n`,
  );
}

/** Says that verdicts are not what the last check has left, and why. */
export function warnOfChanges(changes: VerdictChanges | null, io: Io): void {
  const [title, ...lines] = verdictChangeLines(changes, columnsOf(io.stderr));
  if (title === undefined) return;
  const hint = '  `burnish check` lists what was found, and takes note of it';
  io.stderr.write(`${[`warning: ${title}`, ...lines, hint].join('\n')}\n`);
}

/** The same as data. */
export function conclusionData(run: RunRecord, { ledger, changes, judging, output }: Conclusion): object {
  const { judge } = run.manifest.settings;
  return {
    run: run.dir,
    dataset: run.manifest.dataset,
    model: run.manifest.identity.model,
    selected: run.manifest.selected,
    outcomes: countOutcomes(ledger),
    spending: spendingData(run.attempts, countOutcomes(ledger).refined),
    committed: commitmentOf(run, pricedBySettings(run.manifest)).total,
    repairs: countRepaired(ledger, run.manifest.settings),
    batches: batchData(run),
    judging: judge === null ? null : { model: judge, ...judging },
    output,
    verdictChanges: changes,
    notRefined: ledger.filter(({ outcome }) => outcome !== 'refined').map(toLedgerLine),
  };
}
