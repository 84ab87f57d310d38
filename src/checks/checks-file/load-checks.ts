import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { shorten, UserError } from '../../errors.js';
import { type CheckSuite, prepareSuite } from '../suite.js';
import { type ChecksFile, parseExport, parseSettings } from './checks-file.js';
import { describeThrown, guardCheck } from './guard-check.js';

/** A checks file as it was found. */
export interface LoadedChecks {
  /** Absolute. */
  readonly path: string;
  /** SHA-256 of its bytes, in hex; what a module imports is not in it. */
  readonly sha256: string;
  /** The catalogue and the file's own checks, with the file's settings. */
  readonly suite: CheckSuite;
}

const MODULES: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts']);
const DATA: ReadonlySet<string> = new Set(['.json', '.yaml', '.yml']);

/** Whether a checks file of that name is code that runs when it is loaded. */
export function isModule(path: string): boolean {
  return MODULES.has(extname(path).toLowerCase());
}

/**
 * Loads a checks file; a module runs. The file is looked at whole before anything is made of it.
 *
 * @param path absolute
 * @throws UserError `config` for a file that is not there or not as it should be
 */
export async function loadChecks(path: string): Promise<LoadedChecks> {
  const extension = extname(path).toLowerCase();
  if (!isModule(path) && !DATA.has(extension)) {
    throw new UserError('config', 'The format of the checks file is not known by its name.', {
      where: path,
      expected: `a name that ends in one of ${[...DATA, ...MODULES].join(', ')}`,
      found: shorten(extension === '' ? 'no extension' : extension),
    });
  }
  const bytes = await readBytes(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { checks = [], ...settings } = isModule(path)
    ? await importChecks(path, sha256)
    : parseSettings(parseData(bytes, path, extension), path);
  const suite = prepareSuite(
    checks.map((check) => guardCheck(check, path)),
    settings,
    path,
  );
  return { path, sha256, suite };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new UserError(
      'config',
      'The checks file cannot be read.',
      { where: path, expected: 'a file of settings or a module', found, hint: 'Mend the path.' },
      { cause: error },
    );
  }
}

function parseData(bytes: Buffer, path: string, extension: string): unknown {
  const format = extension === '.json' ? 'JSON' : 'YAML';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return format === 'JSON' ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    const found = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const facts = { where: path, expected: `${format} in UTF-8`, found };
    throw new UserError('config', `The checks file is no ${format}.`, facts, { cause: error });
  }
}

async function importChecks(path: string, sha256: string): Promise<ChecksFile> {
  let exported: Record<string, unknown>;
  try {
    // The hash makes an address of its own of each state of the file: Node.js keeps what it has loaded.
    exported = await import(`${pathToFileURL(path).href}?${sha256.slice(0, 16)}`);
  } catch (error) {
    throw new UserError(
      'config',
      'The checks file cannot be loaded.',
      { where: path, found: describeThrown(error, path), hint: hintFor(error, path) },
      { cause: error },
    );
  }
  if (Object.hasOwn(exported, 'default')) return parseExport(exported.default, path);
  const names = Object.keys(exported);
  throw new UserError('config', 'The checks file has no default export.', {
    where: path,
    expected: 'export default { severity, thresholds, checks }',
    found: names.length === 0 ? 'no export at all' : `the exports ${shorten(names.join(', '))}`,
  });
}

function hintFor(error: unknown, path: string): string {
  if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return 'TypeScript needs Node.js 22.18 or later; or give the file as JavaScript (.mjs).';
  }
  if (error instanceof SyntaxError) return `\`node --check ${path}\` shows the place.`;
  return 'The file runs when it is loaded; mend what it does then.';
}
