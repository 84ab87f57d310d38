import type { OptionalParameter } from '../model/chat-model.js';
import { ModelError } from '../model/model-error.js';
import type { Attempt } from './attempt.js';

/** Remembers which parameters a model refuses, so that each is refused once in a run. */
export class RefusedParameters {
  readonly #known: Set<OptionalParameter>;

  /** @param earlier what was asked in the run before, which tells what `model` has refused */
  constructor(earlier: readonly Pick<Attempt, 'model' | 'omitted'>[], model: string) {
    const own = earlier.filter((one) => one.model === model);
    this.#known = new Set(own.flatMap(({ omitted }) => omitted));
  }

  /** What to leave out of the next request. */
  list(): OptionalParameter[] {
    return [...this.#known];
  }

  /**
   * Takes note of what a fault says of a parameter.
   *
   * @param omitted what the request left out
   * @returns the fault; that of the example when the parameter was refused though it was not sent
   */
  note(fault: ModelError, omitted: readonly OptionalParameter[]): ModelError {
    const { kind, parameter } = fault.facts;
    if (kind !== 'capability' || parameter === undefined) return fault;
    if (omitted.includes(parameter)) {
      const facts = { ...fault.facts, kind: 'example', code: 'bad_request' } as const;
      return new ModelError(fault.message, facts, { cause: fault });
    }
    this.#known.add(parameter);
    return fault;
  }
}
