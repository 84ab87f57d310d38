// Waits for a line on stdin, takes the lock, says so or why not, and gives it back at the next line.
import { createInterface } from 'node:readline';
import { takeLock } from '../../../src/run/lock.js';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
process.stdout.write('ready\n');
await lines.next();
try {
  const lock = await takeLock(process.argv[2] ?? '', 'testing', Number(process.argv[3] ?? 0));
  process.stdout.write(`taken by ${process.pid}\n`);
  await lines.next();
  await lock.release();
} catch (error) {
  process.stdout.write(`refused: ${(error as { code?: unknown }).code}\n`);
}
process.exit();
