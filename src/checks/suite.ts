import { shorten, UserError } from '../errors.js';
import { CHECKS } from './catalog.js';
import type { Check, ThresholdValues } from './check.js';
import type { Severity } from './severity.js';

/** What a user sets for the checks; a check that is not named keeps its own values. */
export interface CheckSettings {
  /** By check id; `off` leaves the check out. */
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
  /** By check id, then by the threshold's name. */
  readonly thresholds?: Readonly<Record<string, ThresholdValues>>;
}

/** A check with the values that it is run with. */
export interface PreparedCheck {
  readonly check: Check;
  readonly severity: Severity;
  readonly thresholds: ThresholdValues;
}

/** The checks that a run is judged by, in the order in which people see their findings. */
export type CheckSuite = readonly PreparedCheck[];

/** A check as a snapshot remembers it: another version, severity or threshold may lead to another verdict. */
export interface CheckStamp {
  readonly id: string;
  readonly version: number;
  readonly severity: Severity;
  readonly thresholds: ThresholdValues;
}

/**
 * Puts together the checks of the catalogue, those of the user, and what was set for them.
 *
 * @param where the file that the settings come from, for errors
 * @throws UserError `config` for ids or thresholds that nothing has, and for an id that exists twice
 */
export function prepareSuite(own: readonly Check[], settings: CheckSettings, where: string): CheckSuite {
  const checks = [...CHECKS, ...own];
  const ids = checks.map(({ id }) => id);
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  if (twice !== undefined) {
    throw new UserError('config', 'Two checks have the same id.', {
      where,
      expected: 'an id of its own for each check',
      found: shorten(twice),
    });
  }
  const { severity: severities = {}, thresholds = {} } = settings;
  for (const id of [...Object.keys(severities), ...Object.keys(thresholds)]) requireKnown(id, ids, where);
  return checks.flatMap((check) => {
    const severity = ownValue(severities, check.id) ?? check.severity;
    const values = thresholdsOf(check, ownValue(thresholds, check.id) ?? {}, where);
    return severity === 'off' ? [] : [{ check, severity, thresholds: values }];
  });
}

/** The catalogue as it is. */
export const DEFAULT_SUITE: CheckSuite = prepareSuite([], {}, '');

/** What a snapshot keeps of a suite. */
export function stampSuite(suite: CheckSuite): CheckStamp[] {
  return suite.map(({ check: { id, version }, severity, thresholds }) => ({
    ...{ id, version, severity },
    thresholds: { ...thresholds },
  }));
}

function thresholdsOf(check: Check, values: ThresholdValues, where: string): ThresholdValues {
  const known = check.thresholds ?? {};
  for (const name of Object.keys(values)) {
    requireKnown(name, Object.keys(known), where, `a threshold of ${check.id}`);
  }
  return Object.fromEntries(
    Object.entries(known).map(([name, threshold]) => [name, ownValue(values, name) ?? threshold.default]),
  );
}

/** What was set by that name; `constructor` is a name like any other. */
function ownValue<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function requireKnown(name: string, known: readonly string[], where: string, what = 'a check'): void {
  if (known.includes(name)) return;
  throw new UserError('config', `There is no such thing as ${what} called ${shorten(name)}.`, {
    where,
    expected: known.length === 0 ? 'none: it has no thresholds' : known.join(', '),
    found: shorten(name),
  });
}
