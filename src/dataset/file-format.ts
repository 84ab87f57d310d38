import { shorten, UserError } from '../errors.js';

/** How rows are put together in a file: a JSON array of them, or one to a line. */
export type Container = 'json' | 'jsonl';

/** What an output's name says about its bytes. */
export interface FileFormat {
  readonly container: Container;
  readonly gzip: boolean;
}

/**
 * The format that a file name asks for.
 *
 * @throws UserError for an extension that stands for no known format.
 */
export function containerOf(path: string): FileFormat {
  const match = /\.(json|jsonl|ndjson)(\.gz)?$/i.exec(path);
  if (match === null) {
    throw new UserError('usage', 'The format of the output is not known by its name.', {
      expected: 'a name that ends in .json, .jsonl or .ndjson, or in one of these and .gz',
      found: shorten(path),
      hint: 'Give the file one of these extensions.',
    });
  }
  return { container: match[1]?.toLowerCase() === 'json' ? 'json' : 'jsonl', gzip: match[2] !== undefined };
}
