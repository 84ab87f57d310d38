import { InvalidArgumentError, Option } from 'commander';
import type { CheckSuite } from '../checks/index.js';
import { UserError } from '../errors.js';
import type { LedgerEntry } from '../run/ledger.js';
import { OUTCOMES, type Outcome } from '../run/outcomes.js';
import type { RunRecord } from '../run/read-run.js';
import { chooseForRetry, onlySince, type RetryChosen } from '../run/retry-choice.js';
import { checkIdsOption, requireCheckIds } from './check-ids.js';
import { entriesOf } from './entries.js';
import { idList } from './options.js';
import { pointInTime } from './point-in-time.js';

/** Which examples are asked again, as commander gives it. */
export interface RetryChoiceOptions {
  readonly failed?: boolean;
  readonly flagged?: boolean;
  readonly check?: readonly string[];
  readonly outcome?: readonly Outcome[];
  readonly ids?: readonly string[];
  readonly since?: Date;
}

/** Options that say which examples are asked again. */
export const retryChoiceOptions = (): Option[] => [
  new Option('--failed', 'examples without a usable reply'),
  new Option('--flagged', 'examples whose reply is flagged'),
  checkIdsOption('examples in which one of these checks found something'),
  new Option(
    '--outcome <outcome...>',
    `examples that ended so (or are not answered yet): ${OUTCOMES.join(', ')}`,
  ).argParser((text: string, before: readonly Outcome[] | undefined) => [
    ...(before ?? []),
    ...idList(text).map(outcomeNamed),
  ]),
  new Option('--ids <ids>', 'these examples, separated by commas, also where a person decided')
    .argParser(idList)
    .conflicts(['failed', 'flagged', 'check', 'outcome']),
  new Option(
    '--since <time>',
    'of these only examples last asked since then: 2026-10-03T14:00 (local time), 2h, 3d',
  ).argParser((text: string) => pointInTime(text)),
];

function outcomeNamed(name: string): Outcome {
  const outcome = OUTCOMES.find((known) => known === name);
  if (outcome !== undefined) return outcome;
  throw new InvalidArgumentError(`Expected one of ${OUTCOMES.join(', ')}.`);
}

/**
 * The examples that the options choose: named ones in the order of their ids, others in dataset order.
 *
 * @throws UserError `usage` when the options choose nothing, or name a check or an example that does not exist
 */
export function chooseByOptions(
  { attempts }: RunRecord,
  ledger: readonly LedgerEntry[],
  suite: CheckSuite,
  { failed, flagged, check: checks = [], outcome: outcomes = [], ids, ...options }: RetryChoiceOptions,
): RetryChosen {
  const since = options.since ?? null;
  if (ids !== undefined) {
    return { chosen: onlySince(entriesOf(ledger, ids), attempts, since), decided: [] };
  }
  requireCheckIds(
    checks,
    suite,
    ledger.flatMap(({ chosen }) => chosen?.findings ?? []),
  );
  const verdicts = [
    ...(failed === true ? (['fail'] as const) : []),
    ...(flagged === true ? (['flag'] as const) : []),
  ];
  if (verdicts.length + checks.length + outcomes.length > 0 || since !== null) {
    return chooseForRetry(ledger, attempts, { verdicts, outcomes, checks, since });
  }
  throw new UserError('usage', 'It was not said which examples to ask again.', {
    expected: '--failed, --flagged, --check, --outcome, --ids or --since',
    hint: '`burnish status` tells what failed.',
  });
}
