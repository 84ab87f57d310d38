import { useMemo } from 'preact/hooks';
import { useApp } from '../app-context.js';
import type { Choices } from './api-types.js';
import { useResource } from './resource.js';

/** What the server offers: models, prompts, checks. Undefined, or empty, until it says so. */
export function useChoices(): {
  readonly choices: Choices | undefined;
  /** What each check finds, by id. */
  readonly checks: ReadonlyMap<string, string>;
} {
  const { api } = useApp();
  const { value } = useResource('choices', api.choices);
  const checks = useMemo(
    () => new Map(value?.checks.map(({ id, description }) => [id, description])),
    [value],
  );
  return { choices: value, checks };
}
