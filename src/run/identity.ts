import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { shorten } from '../errors.js';
import type { Identity } from './manifest.js';

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
    const now = wantedParts.get(name);
    return JSON.stringify(now) === JSON.stringify(value)
      ? []
      : [`${name}: ${shorten(value)} -> ${shorten(now)}`];
  });
}

function identityParts(identity: Identity): [string, unknown][] {
  const { selection } = identity;
  const selectionParts =
    selection.kind === 'top'
      ? ['top', selection.by, selection.top]
      : selection.kind === 'ids'
        ? ['ids', ...selection.ids]
        : ['all'];
  return [
    ['dataset (SHA-256)', identity.dataset],
    ['shape (--from)', identity.from],
    ['selection', selectionParts],
    ['prompt (SHA-256)', identity.prompt],
    ['model', identity.model],
    ['temperature', identity.temperature],
    ['max tokens', identity.maxTokens],
  ];
}
