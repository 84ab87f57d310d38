import { InvalidArgumentError, Option } from 'commander';
import { VERDICTS, type Verdict } from '../checks/index.js';
import { UserError } from '../errors.js';
import { LIST_ORDERS, type ListChoice, type ListOrder } from '../report/comparison-list.js';
import { bracketMarks, colourMarks } from '../report/diff-marks.js';
import type { DiffLayout } from '../report/diff-text.js';
import { checkIdsOption } from './check-ids.js';
import { columnsOf, type Io, painter, takesColours } from './io.js';
import { jsonOption, skipBadRowsOption, wholeNumber } from './options.js';

/** Options of `burnish diff`, as commander gives them. */
export interface DiffOptions {
  readonly id?: string;
  readonly only?: readonly Verdict[];
  /** Ids of checks. */
  readonly check?: readonly string[];
  readonly sort: ListOrder;
  readonly sideBySide?: boolean;
  readonly attempt?: number;
  readonly critique?: boolean;
  readonly request?: boolean;
  readonly skipBadRows?: boolean;
  /** The report to write. */
  readonly html?: string;
  /** Whether a pager may be used. */
  readonly pager: boolean;
  readonly json?: boolean;
}

export const diffOptions = (): Option[] => [
  new Option('--id <id>', 'one example, whole').conflicts(['only', 'check', 'sort']),
  new Option('--only <verdict>', `list those with this verdict, or these: ${VERDICTS.join(', ')}`).argParser(
    (text: string, before: readonly Verdict[] | undefined) => [...(before ?? []), ...verdictList(text)],
  ),
  checkIdsOption('list those in which one of these checks found something'),
  new Option('--sort <order>', 'order of the list: the most changed or the longest first')
    .choices(LIST_ORDERS)
    .default('id'),
  new Option('--side-by-side', 'with --id: both texts beside each other'),
  new Option('--attempt <n>', 'with --id: this attempt (default: the one that counts)').argParser(
    wholeNumber(1),
  ),
  new Option('--critique', 'with --id: what the model wrote before the refined response'),
  new Option('--request', 'with --id: the prompt that was sent, word for word'),
  new Option(
    '--html <file>',
    'write a report instead: one file with charts and every example compared, for any browser, without a network',
  ).conflicts('id'),
  skipBadRowsOption(),
  new Option('--no-pager', 'print it all at once, however long it is'),
  jsonOption(),
];

/** Options that concern a single example. */
const OF_ONE = ['sideBySide', 'attempt', 'critique', 'request'] as const;
/** Those that only a run can answer. */
const OF_A_RUN = ['attempt', 'critique', 'request'] as const;

const FLAGS = {
  sideBySide: '--side-by-side',
  attempt: '--attempt',
  critique: '--critique',
  request: '--request',
};

/** @throws UserError `usage` for options that need `--id`, or a run, where there is none */
export function requireFitting(options: DiffOptions, isRun: boolean): void {
  const given = (names: readonly (keyof typeof FLAGS)[]): string[] =>
    names.flatMap((name) => (options[name] === undefined ? [] : [FLAGS[name]]));
  const lacksId = options.id === undefined ? given(OF_ONE) : [];
  if (lacksId.length > 0) {
    throw new UserError('usage', 'It is not clear which example is meant.', {
      expected: '--id ID',
      found: lacksId.join(', '),
    });
  }
  const lacksRun = isRun ? [] : given(OF_A_RUN);
  if (lacksRun.length > 0) {
    throw new UserError('usage', 'Two files say nothing of requests.', {
      expected: 'a run',
      found: `two files, and ${lacksRun.join(', ')}`,
    });
  }
}

export function choiceOf({ only = [], check = [], sort }: DiffOptions): ListChoice {
  return { only, check, sort };
}

/** How differences are drawn on stdout: with colours on a terminal, with brackets elsewhere. */
export function diffLayout(io: Io, sideBySide = false): DiffLayout {
  const marks = takesColours(io.stdout, io.env) ? colourMarks(painter(io.stdout, io.env)) : bracketMarks;
  return { marks, columns: columnsOf(io.stdout), sideBySide };
}

function verdictList(text: string): Verdict[] {
  return text.split(',').map((part) => {
    const verdict = VERDICTS.find((known) => known === part.trim());
    if (verdict !== undefined) return verdict;
    throw new InvalidArgumentError(`Allowed choices are ${VERDICTS.join(', ')}.`);
  });
}
