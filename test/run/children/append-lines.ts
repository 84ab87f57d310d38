// Appends lines of 300 bytes until one cannot be written, and tells what happened, as JSON.
import { LineLog } from '../../../src/run/line-log.js';

const log = await LineLog.open(process.argv[2] ?? '');
const told: { safe: number; thrown: unknown[]; closing: unknown } = { safe: 0, thrown: [], closing: null };
const code = (error: unknown) => (error as { code?: unknown }).code;
for (let number = 0; number < 100 && told.thrown.length < 2; number++) {
  try {
    await log.append({ number, pad: 'x'.repeat(300) });
    told.safe++;
  } catch (error) {
    told.thrown.push(code(error));
  }
}
await log.close().catch((error: unknown) => {
  told.closing = code(error);
});
process.stdout.write(JSON.stringify(told));
