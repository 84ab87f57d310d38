import { join } from 'node:path';
import { Low } from 'lowdb';
import { EnvironmentError, UserError } from '../errors.js';
import { describeIssues } from '../zod-issues.js';
import { AtomicJson } from './atomic-json.js';
import { MANIFEST_VERSION, type Manifest, manifestSchema } from './manifest.js';

/** The `run.json` of a run directory. */
export interface ManifestFile {
  /** What was found wrong with `run.json` and passed over when it was last read, in words; else empty. */
  readonly warnings: readonly string[];
  /**
   * Reads it; nothing is changed.
   *
   * @throws UserError `run_not_found`; EnvironmentError `run_newer` or `run_damaged`
   */
  read(): Promise<Manifest>;
  write(manifest: Manifest): Promise<void>;
  update(change: (manifest: Manifest) => void): Promise<void>;
}

/** The `run.json` of the run directory `dir`, kept by lowdb. */
export function openManifest(dir: string): ManifestFile {
  const adapter = new AtomicJson<Manifest | null>(join(dir, 'run.json'), checkManifest);
  const db = new Low<Manifest | null>(adapter, null);
  const read = async (): Promise<Manifest> => {
    await db.read();
    if (db.data !== null) return db.data;
    throw new UserError('run_not_found', 'There is no run here.', {
      where: dir,
      expected: 'a run directory, with a run.json in it',
      hint: '`burnish runs` lists the runs below ./runs.',
    });
  };
  return {
    get warnings() {
      return adapter.warning === null ? [] : [adapter.warning];
    },
    read,
    write: async (manifest) => {
      db.data = manifest;
      await db.write();
    },
    update: async (change) => {
      change(await read());
      await db.write();
    },
  };
}

function checkManifest(value: unknown, path: string): Manifest {
  const version = (value as { v?: unknown } | null)?.v;
  if (typeof version === 'number' && version > MANIFEST_VERSION) {
    throw new EnvironmentError('run_newer', 'The run was made by a later version of Burnish.', {
      where: path,
      expected: `format version ${MANIFEST_VERSION} or lower`,
      found: `version ${version}`,
      hint: 'Update Burnish.',
    });
  }
  const manifest = manifestSchema.safeParse(value);
  if (manifest.success) return manifest.data;
  throw new EnvironmentError('run_damaged', 'run.json is not as it should be; nothing was changed.', {
    where: path,
    found: describeIssues(manifest.error),
    hint: 'Restore it from a copy.',
  });
}
