import { InvalidArgumentError, Option } from 'commander';
import type { Amount } from '../conduct/call-options.js';
import { shapeNames } from '../dataset/index.js';
import { FAIL_POLICIES, FLAG_POLICIES } from '../run/policies.js';
import { isMetricName, MEASURED_PARTS, METRIC_NAMES } from '../select/index.js';

/** Reads a whole number within bounds. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text.replaceAll(/(?<=\d)[_,](?=\d{3}\b)/g, ''));
    if (Number.isSafeInteger(number) && number >= least && number <= most && text.trim() !== '')
      return number;
    throw new InvalidArgumentError(
      most === Number.MAX_SAFE_INTEGER
        ? `Expected a whole number, ${least} or more.`
        : `Expected a whole number from ${least} to ${most}.`,
    );
  };
}

/** Reads a decimal number within bounds. */
function decimalNumber(least: number, most = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isFinite(number) && number >= least && number <= most && text.trim() !== '') return number;
    throw new InvalidArgumentError(
      most === Number.POSITIVE_INFINITY
        ? `Expected a number, ${least} or more.`
        : `Expected a number from ${least} to ${most}.`,
    );
  };
}

/** Reads a decimal number above zero. */
function aboveZero(text: string): number {
  const number = decimalNumber(0)(text);
  if (number > 0) return number;
  throw new InvalidArgumentError('Expected a number above 0.');
}

/** Reads a number, or `none`, which takes an earlier one away. */
function orNone(read: (text: string) => number): (text: string) => number | 'none' {
  return (text) => (text === 'none' ? text : read(text));
}

/** Reads ids separated by commas. */
export function idList(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.every((id) => id !== '')) return ids;
  throw new InvalidArgumentError('Expected ids separated by commas, like 7,12.');
}

export const fromOption = (): Option =>
  new Option('--from <shape>', 'shape of the rows, instead of recognising it').choices(shapeNames);
export const toOption = (): Option =>
  new Option('--to <shape>', "shape of the rows written (default: the dataset's)").choices(shapeNames);
export const jsonOption = (): Option =>
  new Option('--json', 'print one JSON document on stdout, nothing else there');
export const skipBadRowsOption = (): Option =>
  new Option('--skip-bad-rows', 'go on without broken rows, and count them');

export const checksOption = (): Option =>
  new Option(
    '--checks <file>',
    'severities, thresholds and checks of your own (.json, .yaml, .mjs, ...); or none',
  );

function amount(text: string): Amount {
  const percent = /^(.+)%$/.exec(text.trim())?.[1];
  if (percent === undefined) return { top: wholeNumber(1)(text) };
  const share = decimalNumber(0, 100)(percent);
  if (share > 0) return { percent: share };
  throw new InvalidArgumentError('Expected a share above 0 %.');
}

function metricName(text: string): string {
  if (isMetricName(text)) return text;
  throw new InvalidArgumentError(`Expected one of ${METRIC_NAMES}.`);
}

/** Options that say which examples are chosen. */
export const selectionOptions = (): Option[] => [
  new Option(
    '--top <n>',
    'the N examples with the longest responses, or N% of all (default: 1000)',
  ).argParser(amount),
  new Option('--by <metric>', `what length is: ${METRIC_NAMES} (default: words)`).argParser(metricName),
  new Option('--of <part>', 'what is measured: the response, or instruction and input too').choices(
    MEASURED_PARTS,
  ),
  new Option('--min <length>', 'all that are at least so long').argParser(decimalNumber(0)).conflicts('top'),
  new Option('--random <n>', 'N examples at random, to compare with')
    .argParser(wholeNumber(1))
    .conflicts(['top', 'min']),
  new Option('--seed <s>', 'with --random: another seed, another choice (default: 0)').argParser(
    wholeNumber(0),
  ),
  new Option('--all', 'every example with a response').conflicts(['top', 'min', 'random']),
  new Option('--ids <ids>', 'these examples, separated by commas')
    .argParser(idList)
    .conflicts(['top', 'min', 'random', 'all']),
  new Option('--ids-file <file>', 'the examples named in a file, one id a line').conflicts([
    'top',
    'min',
    'random',
    'all',
    'ids',
  ]),
  new Option(
    '--where <condition>',
    'only rows for which it holds, like score>=4.5 or category=poem; may be repeated',
  ).argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]),
];

/** Options that say how requests are sent. They may change from call to call. */
export const sendingOptions = (): Option[] => [
  new Option('--concurrency <n>', 'requests under way at once; auto: as many as make it faster')
    .argParser((text: string) => (text === 'auto' ? text : wholeNumber(1, 1000)(text)))
    .default('auto'),
  new Option('--rpm <n>', 'at most N requests a minute').argParser(decimalNumber(0.001)),
  new Option('--tpm <n>', 'at most N tokens a minute').argParser(wholeNumber(1)),
  new Option('--max-wait <seconds>', 'stop, to go on later, when the server asks for a longer wait')
    .argParser(decimalNumber(0))
    .default(900),
  new Option('--timeout <seconds>', 'longest time for one answer')
    .argParser(decimalNumber(0.001, 86_400))
    .default(600),
  new Option(
    '--price-in <usd>',
    'price of a million prompt tokens (or in a file named by BURNISH_PRICES)',
  ).argParser(decimalNumber(0)),
  new Option('--price-out <usd>', 'price of a million completion tokens').argParser(decimalNumber(0)),
  new Option(
    '--budget <usd>',
    'the most that the whole run may cost, earlier calls included; or none',
  ).argParser(orNone(aboveZero)),
  new Option('--budget-tokens <n>', 'the most tokens that the whole run may use; or none').argParser(
    orNone(wholeNumber(1)),
  ),
  new Option('--yes', 'begin without asking, whatever it is expected to cost'),
];

/** Options that send requests through the Batch API. */
export const batchOptions = (): Option[] => [
  new Option('--batch', "through OpenAI's Batch API: half the price, within a day"),
  new Option('--batch-max-tokens <n>', 'at most N prompt tokens in batches at once')
    .argParser(wholeNumber(1))
    .implies({ batch: true }),
];

/** What holds where model, prompt and sampling parameters are not given, for the help. */
interface ModelDefaults {
  readonly model: string;
  readonly baseUrl: string;
  readonly prompt: string;
  readonly sampling: string;
}

const OF_A_NEW_RUN: ModelDefaults = {
  model: 'or BURNISH_MODEL',
  baseUrl: 'or OPENAI_BASE_URL',
  prompt: 'introspect',
  sampling: "the prompt's",
};

export const OF_THE_RUN: ModelDefaults = {
  model: "default: the run's",
  baseUrl: "default: the run's",
  prompt: "the run's",
  sampling: "the run's; with --prompt that prompt's",
};

/** Options that give model, prompt and sampling parameters. */
export const modelOptions = (otherwise: ModelDefaults = OF_A_NEW_RUN): Option[] => [
  new Option('--model <name>', `NAME at OpenAI or at --base-url, or PROVIDER:NAME (${otherwise.model})`),
  new Option('--base-url <url>', `an OpenAI-compatible server: Ollama, vLLM, ... (${otherwise.baseUrl})`),
  new Option('--prompt <file>', `a prompt of your own (default: ${otherwise.prompt})`),
  new Option('--temperature <t>', `sampling temperature (default: ${otherwise.sampling})`).argParser(
    decimalNumber(0, 2),
  ),
  new Option('--max-tokens <n>', `most tokens of a reply (default: ${otherwise.sampling})`).argParser(
    wholeNumber(1),
  ),
];

function modelOrNone(text: string): string {
  const name = text.trim();
  if (name !== '') return name;
  throw new InvalidArgumentError("Expected a model's name, or none.");
}

/** Options that have replies judged by another model. */
export const judgeOptions = (): Option[] => [
  new Option(
    '--judge <model>',
    'a model whose opinion of the replies that rules did not fail is asked for; or none',
  ).argParser(modelOrNone),
  new Option('--judge-all', 'its opinion of those that rules failed, too'),
];

/** Options that say what becomes of replies that are flagged or that fail. */
export const policyOptions = (): Option[] => [
  new Option(
    '--repair <n>',
    'how often at most a reply that fails is asked for again, at first with its findings named; 0: never (default: 1)',
  ).argParser(wholeNumber(0)),
  new Option('--repair-flagged', 'repair flagged replies too'),
  new Option('--no-repair-flagged', 'no longer'),
  new Option(
    '--on-flag <policy>',
    'what becomes of an example whose reply is flagged (default: keep)',
  ).choices(FLAG_POLICIES),
  new Option(
    '--on-fail <policy>',
    'what becomes of an example without a usable reply (default: keep)',
  ).choices(FAIL_POLICIES),
];
