import { EnvironmentError, UserError } from '../errors.js';

/** What a path that somebody mistyped or may not use turns out to be. Other codes are no fault of the user. */
const mistakes: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EISDIR: 'a folder',
  ELOOP: 'links that go round in a circle',
  ENAMETOOLONG: 'a name that is too long',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a path through something that is no folder',
  ENXIO: 'something that is no file',
  EPERM: 'no permission',
  EROFS: 'a file system that cannot be written',
};

/** The error to throw for a failed file operation; anything that is no such failure is given back as it is. */
export function fileError(error: unknown, path: string, purpose: 'read' | 'write'): unknown {
  if (!isSystemError(error)) return error;
  const found = mistakes[error.code];
  if (found === undefined) {
    const facts = { found: error.message, where: path };
    return new EnvironmentError('environment', `The file could not be ${past[purpose]}.`, facts, {
      cause: error,
    });
  }
  const facts = { expected: `a file to ${purpose}`, found, where: path, hint: 'Check the path.' };
  const code = purpose === 'read' ? 'dataset' : 'usage';
  return new UserError(code, `The file cannot be ${past[purpose]}.`, facts, { cause: error });
}

const past = { read: 'read', write: 'written' } as const;

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
