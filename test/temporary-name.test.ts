import { describe, expect, test } from 'vitest';
import { abandonedBase, temporaryName } from '../src/temporary-name.js';
import { deadPid } from './support/dead-process.js';

/** The name that another process would have given. */
const nameOf = (pid: number, name = temporaryName('out.json', 'tmp')): string =>
  name.replace(`.${process.pid}-`, `.${pid}-`);

describe('temporaryName', () => {
  test('is hidden, tells what the file will be, and is new each time', () => {
    const names = Array.from({ length: 100 }, () => temporaryName('out.json', 'tmp'));
    for (const name of names) expect(name).toMatch(/^\.out\.json\..*\.tmp$/);
    expect(new Set(names).size).toBe(100);
  });
});

describe('abandonedBase', () => {
  test('tells what a process that has died wanted to make', () => {
    expect(abandonedBase(nameOf(deadPid()), 'tmp')).toBe('out.json');
    expect(abandonedBase(nameOf(deadPid(), temporaryName('a run.1', 'new')), 'new')).toBe('a run.1');
  });

  test.runIf(process.platform === 'linux')('tells a process from a later one of the same number', () => {
    const name = temporaryName('out.json', 'tmp').replace(/-\d+-/, '-1-');
    expect(abandonedBase(name, 'tmp')).toBe('out.json');
  });

  test.each<[string, string]>([
    ['of this process', temporaryName('out.json', 'tmp')],
    ['of another living one', nameOf(process.ppid).replace(/-\d+-/, '--')],
    ['of another machine', nameOf(deadPid()).replace(/-[0-9a-f]{8}-/, '-00000000-')],
    ['of the other kind', nameOf(deadPid(), temporaryName('run', 'new'))],
    ['that is no temporary one', '.out.json.tmp'],
    ['that is not hidden', nameOf(deadPid()).slice(1)],
  ])('leaves a name %s alone', (_, name) => {
    expect(abandonedBase(name, 'tmp')).toBeNull();
  });
});
