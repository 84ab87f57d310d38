import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Example } from '../../dataset/example.js';
import { toLedgerLine } from '../../export/ledger-file.js';
import { loadPrompt } from '../../prompt/load-prompt.js';
import { formatNumberOf } from '../../report/figures.js';
import { planData, planLines } from '../../report/plan.js';
import { changeLines, changesOf, type RetryChanges } from '../../report/retry-changes.js';
import { retryLines } from '../../report/retry-list.js';
import { judgingState } from '../../run/judge-rounds.js';
import type { LedgerEntry } from '../../run/ledger.js';
import { loadLedger } from '../../run/load-ledger.js';
import { ownRun } from '../../run/own-run.js';
import { type RunRecord, readRun } from '../../run/read-run.js';
import { readRunPrompt, saveRunPrompt } from '../../run/run-prompt.js';
import { wouldAnswerTheSame } from '../../run/same-request.js';
import type { CheckedWith } from '../../run/take-snapshot.js';
import { refinementTask } from '../../run/task.js';
import { findVerdictChanges } from '../../run/verdict-changes.js';
import { checksOfRun } from '../checks-of-run.js';
import type { Finish } from '../command-module.js';
import { conclusionData, printConclusion } from '../conclusion.js';
import { askWithProgress, type Call, conclude, statusOf } from '../conduct.js';
import { judgeWithProgress } from '../conduct-judge.js';
import { agreeToCost, changeBudgets, declined, planOf, priceFor, pricesOf } from '../cost.js';
import { findRun } from '../find-run.js';
import { columnsOf, type Io, painter } from '../io.js';
import { judgeOf } from '../judge-of-run.js';
import { resolveModelOfRun } from '../model-of-run.js';
import { jsonOption, modelOptions, OF_THE_RUN, sendingOptions } from '../options.js';
import type { ModelOptions, SendingOptions } from '../refine-options.js';
import { type RetryChoiceOptions, retryChoiceOptions } from '../retry-options.js';
import { type RetryOrder, takeOrder } from '../retry-order.js';
import { writeJson } from '../write-json.js';

interface RetryOptions extends RetryChoiceOptions, ModelOptions, SendingOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ burnish retry --failed --temperature 0.7
  # what two checks found, with another model; first only look at the plan
  $ burnish retry --check truncated no_answer --model gpt-4o --dry-run
  # what was kept or blocked of the last two hours
  $ burnish retry --outcome kept blocked --since 2h --prompt mine.md`;

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Asks again for chosen examples of a run, for exactly those, and tells what it has changed. Earlier attempts ' +
        'stay; the best one counts. Examples that a person decided on are left alone, unless named with --ids. Of ' +
        '--failed, --flagged, --check and --outcome one is enough; --since narrows. Model, prompt and sampling can ' +
        'differ for this time.',
    )
    .argument('[run]', 'folder or name of the run (default: the one used last)');
  for (const option of retryChoiceOptions()) command.addOption(option);
  command.option('--dry-run', 'only list what would be asked, and tell what it would cost');
  for (const option of [...modelOptions(OF_THE_RUN), ...sendingOptions(), jsonOption()])
    command.addOption(option);
  command.addHelpText('after', EXAMPLES).action(async (name: string | undefined, options: RetryOptions) => {
    finish(await retry(name, options, io));
  });
}

const NOTHING_TO_ASK = 'There is nothing to ask again; nothing was sent.\n';

async function retry(name: string | undefined, options: RetryOptions, io: Io): Promise<number> {
  const dir = await findRun(name, io.cwd);
  if (options.dryRun === true) {
    await plan(await readRun(dir), options, io);
    return 0;
  }
  const run = await ownRun(dir);
  try {
    const checks = await checksOfRun(run, io);
    const ledger = await loadLedger(run, checks.suite);
    const order = takeOrder(run, ledger, checks.suite, options, io);
    const { examples } = order;
    if (examples.length === 0) {
      io.stderr.write(NOTHING_TO_ASK);
      if (options.json === true) {
        const judging = judgingState(ledger, run.manifest.settings);
        const data = conclusionData(run, {
          ledger,
          changes: findVerdictChanges(run, ledger, checks),
          judging,
          output: null,
        });
        writeJson({ ...data, retry: retryData(changesOf(ledger, ledger, new Set()), order) }, io);
      }
      return statusOf(ledger);
    }
    const call = await callOf(run, examples, options, checks, io);
    hintAtSameAnswers(order.entries, call, io);
    const budget = changeBudgets(run.manifest.settings, options);
    if (!(await agreeToCost(run, examples, call, budget, io)))
      return declined(run.dir, options.json === true, io);
    await run.saveSettings({ ...run.manifest.settings, ...budget });
    await saveRunPrompt(run.dir, call.prompt);
    const earlier = run.attempts.length;
    const tasks = examples.map((example) => refinementTask(example, call));
    const end = await judgeWithProgress(run, call, await askWithProgress(run, tasks, call, io), io);
    const conclusion = await conclude(run, checks);
    const asked = new Set(run.attempts.slice(earlier).map(({ example }) => example));
    const changes = changesOf(ledger, conclusion.ledger, asked);
    printChanges(changes, io);
    printConclusion(run, conclusion, end, io);
    if (options.json === true) {
      writeJson({ ...conclusionData(run, conclusion), retry: retryData(changes, order) }, io);
    }
    // Earlier answers may leave nothing pending, though not all that was ordered was asked.
    return end.interrupted ? 130 : statusOf(conclusion.ledger, end, conclusion.judging.unjudged);
  } finally {
    await run.close();
  }
}

/** Lists what would be asked, and tells what that would cost; nothing is sent or written. */
async function plan(run: RunRecord, options: RetryOptions, io: Io): Promise<void> {
  const checks = await checksOfRun(run, io);
  const order = takeOrder(run, await loadLedger(run, checks.suite), checks.suite, options, io);
  if (order.entries.length === 0 && options.json !== true) {
    io.stderr.write(NOTHING_TO_ASK);
    return;
  }
  const call = await callOf(run, order.examples, options, checks, io);
  hintAtSameAnswers(order.entries, call, io);
  const budget = changeBudgets(run.manifest.settings, options);
  const planned = await planOf(run, order.examples, undefined, call, budget);
  // A retry leaves the rest of the run as it is: neither done nor left for later.
  const wanted = { ...planned, settled: 0, later: 0 };
  if (options.json === true) {
    const { leftAlone } = order;
    writeJson(
      { run: run.dir, examples: order.entries.map(toLedgerLine), leftAlone, plan: planData(wanted) },
      io,
    );
    return;
  }
  const lines = [...retryLines(order.entries, columnsOf(io.stdout)), ...planLines(wanted)];
  io.stdout.write(`${lines.join('\n')}\n`);
}

/** How a retry asks: as the run does, but for what the options change this time. */
async function callOf(
  { dir, manifest }: RunRecord,
  examples: readonly Example[],
  options: RetryOptions,
  checks: CheckedWith,
  io: Io,
): Promise<Call> {
  const { identity, settings } = manifest;
  const spec = resolveModelOfRun(options, manifest, io);
  const prompt =
    options.prompt === undefined
      ? await readRunPrompt(dir, identity.prompt)
      : await loadPrompt(resolve(io.cwd, options.prompt));
  // A prompt of its own brings its own sampling parameters.
  const { temperature, max_output_tokens: maxTokens } = prompt.settings;
  const sampling = options.prompt === undefined ? identity : { temperature, maxTokens };
  // Prices given for the run are those of its own model.
  const known = spec.name === identity.model ? settings : { priceIn: null, priceOut: null };
  const price = await priceFor(
    spec,
    { priceIn: options.priceIn ?? known.priceIn, priceOut: options.priceOut ?? known.priceOut },
    io,
  );
  const { model: _, ...beside } = options;
  const judge =
    settings.judge === null
      ? null
      : await judgeOf(
          settings,
          resolveModelOfRun(beside, manifest, io),
          { ids: new Set(examples.map(({ id }) => id)), limit: undefined, suite: checks.suite },
          io,
        );
  return {
    spec,
    prompt,
    purpose: 'retry',
    temperature: options.temperature ?? sampling.temperature,
    maxTokens: options.maxTokens ?? sampling.maxTokens,
    price,
    prices: pricesOf(spec, price, judge),
    judge,
    batch: false,
    checks,
    sending: options,
  };
}

/** Says so when paying again will mostly bring what is there already. */
function hintAtSameAnswers(entries: readonly LedgerEntry[], call: Call, io: Io): void {
  const { spec, ...parameters } = call;
  const same = entries.filter((entry) => wouldAnswerTheSame(entry, { ...parameters, model: spec.name }));
  if (same.length === 0) return;
  io.stderr.write(
    `note: ${formatNumberOf(same.length, 'example')} had an answer to this very request at temperature 0, and much ` +
      'the same will come again; change --temperature (0.7, say), --model or --prompt\n',
  );
}

function printChanges(changes: RetryChanges, io: Io): void {
  const asked = formatNumberOf(changes.examples.length, 'example');
  const title = painter(io.stderr, io.env)('bold', `Before and after (${asked} asked again)`);
  io.stderr.write(`${['', title, ...changeLines(changes)].join('\n')}\n`);
}

function retryData(changes: RetryChanges, { leftAlone }: RetryOrder): object {
  return { ...changes, leftAlone };
}
