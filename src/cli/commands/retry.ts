import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { UserError } from '../../errors.js';
import { loadPrompt } from '../../prompt/load-prompt.js';
import { formatNumberOf } from '../../report/figures.js';
import { examplesInBatches } from '../../run/batch/batch-record.js';
import type { LedgerEntry } from '../../run/ledger.js';
import { loadLedger } from '../../run/load-ledger.js';
import { ownRun } from '../../run/own-run.js';
import { readRunPrompt, saveRunPrompt } from '../../run/run-prompt.js';
import { checksOfRun } from '../checks-of-run.js';
import type { Finish } from '../command-module.js';
import { conclusionData, printConclusion, tellInBatches } from '../conclusion.js';
import { askWithProgress, type Call, conclude, statusOf } from '../conduct.js';
import { agreeToCost, changeBudgets, declined, priceFor } from '../cost.js';
import { entriesOf } from '../entries.js';
import { findRun } from '../find-run.js';
import type { Io } from '../io.js';
import { resolveModelOfRun } from '../model-of-run.js';
import { idList, jsonOption, modelOptions, sendingOptions } from '../options.js';
import type { ModelOptions, SendingOptions } from '../refine-options.js';
import { writeJson } from '../write-json.js';

interface RetryOptions extends ModelOptions, SendingOptions {
  readonly failed?: boolean;
  readonly flagged?: boolean;
  readonly ids?: readonly string[];
  readonly json?: boolean;
}

export function configure(command: Command, finish: Finish, io: Io): void {
  command
    .description(
      'Asks again for chosen examples of a run. Earlier attempts stay; the best one counts. Examples that a person ' +
        'decided on are left alone, unless named with --ids. Model, prompt and sampling can differ for this time.',
    )
    .argument('[run]', 'folder or name of the run (default: the one used last)')
    .option('--failed', 'examples without a usable reply')
    .option('--flagged', 'examples whose reply is flagged')
    .addOption(
      new Option('--ids <ids>', 'these examples, separated by commas')
        .argParser(idList)
        .conflicts(['failed', 'flagged']),
    );
  for (const option of [...modelOptions(), ...sendingOptions(), jsonOption()]) command.addOption(option);
  command
    .addHelpText('after', '\nExample:\n  $ burnish retry --failed --temperature 0.7')
    .action(async (name: string | undefined, options: RetryOptions) => {
      finish(await retry(name, options, io));
    });
}

async function retry(name: string | undefined, options: RetryOptions, io: Io): Promise<number> {
  const run = await ownRun(await findRun(name, io.cwd));
  try {
    const { identity, settings } = run.manifest;
    const spec = resolveModelOfRun(options, run.manifest, io);
    const prompt =
      options.prompt === undefined
        ? await readRunPrompt(run.dir, identity.prompt)
        : await loadPrompt(resolve(io.cwd, options.prompt));
    // A prompt of its own brings its own sampling parameters.
    const { temperature, max_output_tokens: maxTokens } = prompt.settings;
    const sampling = options.prompt === undefined ? identity : { temperature, maxTokens };
    // Prices given for the run are those of its own model.
    const known = spec.name === identity.model ? settings : { priceIn: null, priceOut: null };
    const checks = await checksOfRun(run, io);
    const chosen = choose(await loadLedger(run, checks.suite), options).map(({ example }) => example);
    const inBatches = examplesInBatches(run.batches);
    const examples = chosen.filter(({ id }) => !inBatches.has(id));
    const call: Call = {
      spec,
      prompt,
      purpose: 'retry',
      temperature: options.temperature ?? sampling.temperature,
      maxTokens: options.maxTokens ?? sampling.maxTokens,
      price: await priceFor(
        spec,
        {
          priceIn: options.priceIn ?? known.priceIn,
          priceOut: options.priceOut ?? known.priceOut,
        },
        io,
      ),
      batch: false,
      checks,
      sending: options,
    };
    const budget = changeBudgets(settings, options);
    if (!(await agreeToCost(run, examples, call, budget, io)))
      return declined(run.dir, options.json === true, io);
    await run.saveSettings({ ...settings, ...budget });
    tellInBatches(run, chosen.length - examples.length, io);
    io.stderr.write(`asking again: ${formatNumberOf(examples.length, 'example')}\n`);
    await saveRunPrompt(run.dir, prompt);
    const end = await askWithProgress(run, examples, call, io);
    const conclusion = await conclude(run, checks);
    printConclusion(run, conclusion, end, io);
    if (options.json === true) {
      writeJson(conclusionData(run, conclusion), io);
    }
    // Earlier answers may leave nothing pending, though not all that was ordered was asked.
    return end.interrupted ? 130 : statusOf(conclusion.ledger, end);
  } finally {
    await run.close();
  }
}

function choose(ledger: readonly LedgerEntry[], { ids, failed, flagged }: RetryOptions): LedgerEntry[] {
  if (ids !== undefined) return entriesOf(ledger, ids);
  if (failed !== true && flagged !== true) {
    throw new UserError('usage', 'It was not said which examples to ask again.', {
      expected: '--failed, --flagged or --ids',
      hint: '`burnish status` tells what failed.',
    });
  }
  return ledger.filter(
    ({ verdict, decision }) =>
      decision === null &&
      ((failed === true && verdict === 'fail') || (flagged === true && verdict === 'flag')),
  );
}
