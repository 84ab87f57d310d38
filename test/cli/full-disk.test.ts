import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder, PROGRAM } from '../support/cli.js';
import { startPacedServer } from '../support/paced-process.js';
import { onSmallDisk, smallDisk } from '../support/small-disk.js';

const EXAMPLES = 300;

// The replies of this server repeat the instruction, so they are as long.
const rows = Array.from({ length: EXAMPLES }, (_, row) => ({
  instruction: `Task ${row}: ${'word '.repeat(800)}`,
  input: '',
  output: `Answer ${row}.`,
}));

test.skipIf(!smallDisk)(
  'a run whose disk runs full stops, keeps every answer that was paid for, and goes on when there is room (needs the right to mount a disk)',
  async () => {
    const folder = makeFolder();
    const dataset = join(folder, 'data.json');
    const output = join(folder, 'out.json');
    writeFileSync(dataset, JSON.stringify(rows));
    const server = await startPacedServer();
    onTestFinished(() => server.stop());
    const refine = [
      ...[process.execPath, PROGRAM, 'refine', dataset, '--all', '--run', 'run', '-o', output],
      ...['--model', 'm', '--base-url', server.url, '--concurrency', '16', '--repair', '0'],
    ];
    const say = 'echo "status $?, $(wc -l < run/attempts.jsonl) lines"; echo ---- >&2';
    const script = `head -c 2000000 /dev/zero > filler; "$@"; ${say}; "$@"; ${say}; rm filler; "$@"; ${say}`;
    const { stdout, stderr } = onSmallDisk(8 * 1024, ['sh', '-c', script, 'sh', ...refine]);
    await server.quiet();

    const [full, again, end] = stdout.trimEnd().split('\n');
    const [toldFull, toldAgain] = stderr.split('----');
    const lines = Number(/, (\d+) lines/.exec(full ?? '')?.[1]);
    expect(full).toBe(`status 1, ${lines} lines`);
    expect(lines).toBeGreaterThan(30);
    expect(lines).toBeLessThan(EXAMPLES);
    expect(toldFull).toContain('The disk is full, so the run was stopped.');
    expect(toldFull).toContain('Make room');

    expect(again).toBe(full);
    expect(toldAgain).toContain('There is too little room on the disk, so nothing was sent.');

    expect(end).toBe(`status 0, ${EXAMPLES} lines`);
    const received = server.takeReceived();
    expect(received).toHaveLength(EXAMPLES);
    expect(new Set(received).size).toBe(EXAMPLES);
    expect(JSON.parse(readFileSync(output, 'utf8'))).toHaveLength(EXAMPLES);
  },
  120_000,
);
