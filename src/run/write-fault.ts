import { EnvironmentError } from '../errors.js';

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC: 'Make room on the disk, then run the same command again.',
  EDQUOT: 'Make room in your quota of the disk, then run the same command again.',
  EFBIG: 'Raise the limit on the size of files (`ulimit -f`), then run the same command again.',
  EROFS: 'Make the file system writable, then run the same command again.',
  EACCES: 'Make the folder writable, then run the same command again.',
  EPERM: 'Make the folder writable, then run the same command again.',
};

/** What a run says when the system refuses to write for it. */
export function writeFault(error: unknown, path: string): EnvironmentError {
  const code = systemCode(error);
  return new EnvironmentError(
    'environment',
    isFull(error) ? 'The disk is full, so the run was stopped.' : 'The run could not be saved.',
    {
      where: path,
      found: error instanceof Error ? error.message : String(error),
      hint: (code && HINTS[code]) ?? 'Mend the disk or the folder, then run the same command again.',
    },
    { cause: error },
  );
}

/** Whether the disk, or the part of it that the user may take, has no room left. */
export function isFull(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** The system's name of a failure (`ENOSPC`, ...); undefined when `error` is no failed system call. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  return (error as NodeJS.ErrnoException).code;
}
