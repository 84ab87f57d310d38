import type { StartRunBody } from './api/api-types.js';

/** The form of a new run, as it stands: what was typed, empty for what was left out. */
export interface RunForm {
  readonly dataset: string;
  readonly which: 'top' | 'all';
  readonly top: string;
  readonly limit: string;
  readonly model: string;
  readonly prompt: string;
  readonly temperature: string;
  readonly maxTokens: string;
  readonly repair: string;
  readonly onFlag: '' | NonNullable<StartRunBody['onFlag']>;
  readonly onFail: '' | NonNullable<StartRunBody['onFail']>;
  readonly budgetUsd: string;
  readonly budgetTokens: string;
  readonly requestsPerMinute: string;
  readonly tokensPerMinute: string;
  readonly concurrency: string;
}

export type FormField = keyof RunForm;

export const EMPTY_FORM: RunForm = {
  ...{ dataset: '', which: 'top', top: '', limit: '', model: '', prompt: '', temperature: '', maxTokens: '' },
  ...{ repair: '', onFlag: '', onFail: '', budgetUsd: '', budgetTokens: '' },
  ...{ requestsPerMinute: '', tokensPerMinute: '', concurrency: '' },
};

const NUMBERS = [
  'limit',
  'temperature',
  'maxTokens',
  'repair',
  'budgetUsd',
  'budgetTokens',
  'requestsPerMinute',
  'tokensPerMinute',
  'concurrency',
] as const;
const WORDS = ['model', 'prompt', 'onFlag', 'onFail'] as const;

/** The form as a request: what was left out is as the server was started, or the prompt's. */
export function toStartBody(form: RunForm): StartRunBody {
  const given = (names: readonly FormField[], read: (text: string) => unknown) =>
    Object.fromEntries(names.flatMap((name) => (form[name] === '' ? [] : [[name, read(form[name])]])));
  return {
    dataset: form.dataset,
    ...(form.which === 'all' ? { all: true } : given(['top'], Number)),
    ...given(WORDS, String),
    ...given(NUMBERS, Number),
  };
}

/** Names under which problems know fields of the form, where they are others: flags, and facts of other words. */
const ALIASES: ReadonlyMap<string, FormField> = new Map([
  ['base-url', 'model'],
  ['budget', 'budgetUsd'],
  ['rpm', 'requestsPerMinute'],
  ['tpm', 'tokensPerMinute'],
  ['all', 'which'],
]);

/** The field that a problem is about, by where it says that it is; undefined for the form as a whole. */
export function fieldOf(where: string | undefined): FormField | undefined {
  if (where === undefined) return undefined;
  const name = where.replace(/^--/, '').split(/[\s:.=]/)[0] ?? '';
  const alias = ALIASES.get(name);
  if (alias !== undefined) return alias;
  const camel = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.keys(EMPTY_FORM).find((field): field is FormField => field === camel);
}
