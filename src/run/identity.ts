import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Identity } from './manifest.js';

/** How much of a value a message shows, in characters. */
const LONGEST_VALUE = 80;

/** The identity as 64 hex digits: SHA-256 over its parts in a fixed order. */
export function hashIdentity(identity: Identity): string {
  const parts = identityParts(identity).map(([, value]) => value);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Name of the folder that a run gets unless told otherwise: the dataset's name and 8 digits of the identity. */
export function defaultRunName(datasetPath: string, identity: Identity): string {
  const name = basename(datasetPath)
    .replace(/\.gz$/i, '')
    .replace(/\.(jsonl?|ndjson)$/i, '')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 60);
  return `${name === '' ? 'dataset' : name}-${hashIdentity(identity).slice(0, 8)}`;
}

/** The parts in which two identities differ, as lines `what: old -> new`. */
export function describeDifference(old: Identity, wanted: Identity): string[] {
  const wantedParts = new Map(identityParts(wanted));
  return identityParts(old).flatMap(([name, value]) => {
    const before = JSON.stringify(value);
    const now = JSON.stringify(wantedParts.get(name));
    return before === now
      ? []
      : [`${name}: ${aroundDifference(before, now)} -> ${aroundDifference(now, before)}`];
  });
}

/** A value as JSON; of a long one, the part in which it differs from the other. */
function aroundDifference(value: string, other: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  let from = 0;
  while (from < value.length && value[from] === other[from]) from += 1;
  const start = Math.max(0, from - LONGEST_VALUE / 2);
  const end = start + LONGEST_VALUE;
  return `${start === 0 ? '' : '…'}${value.slice(start, end)}${end < value.length ? '…' : ''}`;
}

function identityParts(identity: Identity): [string, unknown][] {
  const { selection } = identity;
  return [
    ['dataset (SHA-256)', identity.dataset],
    ['shape (--from)', identity.from],
    ['selection', selectionParts(selection)],
    ['prompt (SHA-256)', identity.prompt],
    ['model', identity.model],
    ['temperature', identity.temperature],
    ['max tokens', identity.maxTokens],
  ];
}

/** The rule's fields in a fixed order; ids too, and once, because the examples come in dataset order whatever theirs is. */
function selectionParts(rule: Identity['selection']): [string, unknown][] {
  const fixed = rule.kind === 'ids' ? { ...rule, ids: [...new Set(rule.ids)].sort() } : rule;
  return Object.entries(fixed).sort(([a], [b]) => (a < b ? -1 : 1));
}
