import { InvalidArgumentError, Option } from 'commander';
import { shapeNames } from '../dataset/index.js';
import { FAIL_POLICIES, FLAG_POLICIES } from '../run/manifest.js';
import { lengthMetrics } from '../select/index.js';

/** Reads a whole number that is at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text.replaceAll(/(?<=\d)[_,](?=\d{3}\b)/g, ''));
    if (Number.isSafeInteger(number) && number >= least && text.trim() !== '') return number;
    throw new InvalidArgumentError(`Expected a whole number, ${least} or more.`);
  };
}

/** Reads a decimal number within bounds. */
export function decimalNumber(least: number, most = Number.POSITIVE_INFINITY): (text: string) => number {
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

/** Options that say which examples are chosen. */
export const selectionOptions = (): Option[] => [
  new Option('--top <n>', 'the N examples with the longest responses (default: 1000)').argParser(
    wholeNumber(1),
  ),
  new Option('--by <metric>', 'what length is').choices(lengthMetrics).default('words'),
  new Option('--all', 'every example with a response').conflicts(['top', 'ids', 'idsFile']),
  new Option('--ids <ids>', 'these examples, separated by commas')
    .argParser(idList)
    .conflicts(['top', 'idsFile']),
  new Option('--ids-file <file>', 'the examples named in a file, one id a line').conflicts('top'),
];

/** Options that say how requests are sent. They may change from call to call. */
export const sendingOptions = (): Option[] => [
  new Option('--concurrency <n>', 'requests under way at once').argParser(wholeNumber(1)).default(16),
  new Option('--timeout <seconds>', 'longest time for one answer')
    .argParser(decimalNumber(0.001))
    .default(600),
  new Option('--price-in <usd>', 'price of a million prompt tokens').argParser(decimalNumber(0)),
  new Option('--price-out <usd>', 'price of a million completion tokens').argParser(decimalNumber(0)),
];

/** Options that give model, prompt and sampling parameters. */
export const modelOptions = (): Option[] => [
  new Option('--model <name>', 'NAME at OpenAI or at --base-url, or PROVIDER:NAME (or BURNISH_MODEL)'),
  new Option('--base-url <url>', 'an OpenAI-compatible server: Ollama, vLLM, ... (or OPENAI_BASE_URL)'),
  new Option('--prompt <file>', 'a prompt of your own (default: introspect)'),
  new Option('--temperature <t>', "sampling temperature (default: the prompt's)").argParser(
    decimalNumber(0, 2),
  ),
  new Option('--max-tokens <n>', "most tokens of a reply (default: the prompt's)").argParser(wholeNumber(1)),
];

/** Options that say what becomes of replies that are flagged or that fail. */
export const policyOptions = (): Option[] => [
  new Option('--on-flag <policy>', 'what becomes of an example whose reply is flagged').choices(
    FLAG_POLICIES,
  ),
  new Option('--on-fail <policy>', 'what becomes of an example without a usable reply').choices(
    FAIL_POLICIES,
  ),
];
