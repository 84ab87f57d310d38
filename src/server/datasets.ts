import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { removeAbandoned, syncPath } from '../atomic-file.js';
import { EnvironmentError, shorten, UserError } from '../errors.js';
import { temporaryName } from '../temporary-name.js';
import { HttpFault } from './http-fault.js';

/** Endings of files that may be datasets. */
const DATASET_NAME = /\.(json|jsonl|ndjson)(\.gz)?$/i;
/** How uploaded files are named to those who start runs. */
const UPLOADED = 'uploads/';
const UPLOADED_NAME = /^uploads\/([0-9a-f]{12})\/([\w.-]+)$/;

/** Folders below the data folder that are looked into, and files that are listed. */
const DEEPEST = 3;
const MOST_LISTED = 1000;

export interface DatasetFile {
  readonly name: string;
  readonly bytes: number;
}

export interface DatasetFolders {
  /** Of datasets that are there; null for none. Absolute. */
  readonly data: string | null;
  /** Of uploaded ones. Absolute; made when the first is. */
  readonly uploads: string;
  /** Bytes of the largest file that may be uploaded. */
  readonly uploadLimit: number;
}

/** The datasets that runs can be started from: those below one folder, and those that were uploaded. */
export class Datasets {
  readonly #folders: DatasetFolders;

  constructor(folders: DatasetFolders) {
    this.#folders = folders;
  }

  get uploadLimit(): number {
    return this.#folders.uploadLimit;
  }

  async list(): Promise<DatasetFile[]> {
    const { data, uploads } = this.#folders;
    const own = data === null ? [] : await listFiles(data, data, DEEPEST);
    const uploaded = await listFiles(uploads, uploads, 1);
    return [...own, ...uploaded.map(({ name, bytes }) => ({ name: UPLOADED + name, bytes }))];
  }

  /**
   * The file that a name stands for, absolute.
   *
   * @throws UserError `dataset` for whatever is no dataset of this server
   */
  async pathOf(name: string): Promise<string> {
    const [, key, file] = UPLOADED_NAME.exec(name) ?? [];
    const { data, uploads } = this.#folders;
    if (key !== undefined && file !== undefined) {
      const path = await fileBelow(uploads, join(key, file));
      if (path !== null) return path;
    }
    const path = data === null || !DATASET_NAME.test(name) ? null : await fileBelow(data, name);
    if (path !== null) return path;
    throw new UserError('dataset', 'The server has no such dataset.', {
      where: 'dataset',
      expected:
        data === null ? 'a file that was uploaded' : 'a file below the data folder, or an uploaded one',
      found: shorten(name),
      hint: 'GET /api/choices lists them; POST /api/datasets uploads one.',
    });
  }

  /**
   * Takes a file in, whole or not at all; the same file twice is kept once.
   *
   * @throws HttpFault 413 when it is too large, 422 when its name is not one of a dataset, 400 when it is broken off;
   *   EnvironmentError when it cannot be kept
   */
  async upload(name: string, body: ReadableStream<Uint8Array>): Promise<DatasetFile> {
    const { uploads, uploadLimit } = this.#folders;
    const safe = safeName(name);
    const temporary = join(uploads, temporaryName(safe, 'tmp'));
    const hash = createHash('sha256');
    let bytes = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        hash.update(chunk);
        if (bytes > uploadLimit) done(tooLarge(uploadLimit));
        else done(null, chunk);
      },
    });
    try {
      await mkdir(uploads, { recursive: true });
      await removeAbandoned(uploads, 'tmp');
      await pipeline(unbroken(body), count, createWriteStream(temporary, { flags: 'wx' }));
      await syncPath(temporary);
      const key = hash.digest('hex').slice(0, 12);
      await mkdir(join(uploads, key), { recursive: true });
      await rename(temporary, join(uploads, key, safe));
      return { name: `${UPLOADED}${key}/${safe}`, bytes };
    } catch (error) {
      if (error instanceof HttpFault) throw error;
      const found = (error as NodeJS.ErrnoException).code ?? 'something else';
      throw new EnvironmentError('environment', 'The upload cannot be kept.', { found }, { cause: error });
    } finally {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }
}

/** A body, whose end before its end is the fault of who sends it. */
async function* unbroken(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new HttpFault(400, 'broken_off', 'The upload was broken off.', { found: String(error) });
  }
}

export function tooLarge(limit: number): HttpFault {
  return new HttpFault(413, 'too_large', 'The body is too large.', { expected: `at most ${limit} bytes` });
}

/** A name that is one on every system, from what a browser says a file is called. */
function safeName(name: string): string {
  const last = basename(name.replaceAll('\\', '/'))
    .replaceAll(/[^\w.-]+/g, '_')
    .replace(/^\.+/, '')
    .slice(-100);
  if (DATASET_NAME.test(last)) return last;
  throw new HttpFault(422, 'invalid', 'The name is not one of a dataset.', {
    where: 'name',
    expected: 'a name that ends in .json, .jsonl or .ndjson, or in one of these and .gz',
    found: shorten(name),
  });
}

/** The regular file of that name below a folder; null when there is none, when it lies elsewhere, or is hidden. */
async function fileBelow(folder: string, name: string): Promise<string | null> {
  if (name.includes('\0') || !isPlain(name.split('/'))) return null;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, name));
    const isBelow = path.startsWith(root + sep) && isPlain(relative(root, path).split(sep));
    return isBelow && (await stat(path)).isFile() ? path : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES'].includes(code ?? '')) return null;
    throw error;
  }
}

/** Whether a path leads nowhere but down, and through nothing hidden. */
function isPlain(segments: readonly string[]): boolean {
  return segments.every((segment) => segment !== '' && !segment.startsWith('.'));
}

async function listFiles(root: string, folder: string, deeper: number): Promise<DatasetFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'EACCES'].includes(error.code ?? '')) return [];
    throw error;
  });
  const files: DatasetFile[] = [];
  for (const name of names.sort()) {
    if (name.startsWith('.') || files.length >= MOST_LISTED) continue;
    const path = join(folder, name);
    const found = await lstat(path);
    if (found.isDirectory() && deeper > 0) files.push(...(await listFiles(root, path, deeper - 1)));
    else if (found.isFile() && DATASET_NAME.test(name))
      files.push({ name: relative(root, path).split(sep).join('/'), bytes: found.size });
  }
  return files.slice(0, MOST_LISTED);
}
