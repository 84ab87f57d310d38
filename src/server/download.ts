import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ShapeName } from '../dataset/index.js';
import { exportTrainingSet } from '../export/export-training-set.js';
import type { OpenRun } from './parts.js';

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  jsonl: 'application/jsonl',
  gz: 'application/gzip',
};

/** A training set that was written for one answer; its file goes when the answer was sent, or given up. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly body: ReadableStream<Uint8Array>;
}

/**
 * Writes the training set of a run as `burnish export` does, verified, into a file of its own.
 *
 * @param run its name, for the file's
 * @param shape undefined for that of the run
 * @throws UserError `export_incomplete`; EnvironmentError
 */
export async function openDownload(
  run: string,
  open: OpenRun,
  shape: ShapeName | undefined,
  partial: boolean,
): Promise<Download> {
  const { dataset, settings } = open.manifest;
  const folder = await mkdtemp(join(tmpdir(), 'burnish-export-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const name = `${run.replaceAll(/[^\w.-]+/g, '_')}-refined${dataset.extension}`;
    const path = join(folder, name);
    const target = { path, shape: shape ?? settings.to ?? dataset.shape, partial };
    await exportTrainingSet(open.selection, open.ledger(), target);
    const { size } = await stat(path);
    const file = createReadStream(path);
    file.once('close', () => void remove());
    const body = Readable.toWeb(file) as ReadableStream<Uint8Array>;
    return {
      name,
      type: TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      bytes: size,
      body,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
