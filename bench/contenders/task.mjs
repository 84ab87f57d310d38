// What the contenders have in common: where to send, what to send, and where answers are kept. Plain JavaScript like
// all of them, because stripping types would itself cost a measured process time and memory.
//
//   node CONTENDER.mjs BASE_URL BODIES_FILE ANSWERS_FILE CONCURRENCY RECORDS
import { fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Reads the arguments. Each body is a whole request as text; `save` appends one answer, `finish` makes all safe. */
export function readTask() {
  const [baseUrl, bodiesFile, answersFile, concurrency, records] = process.argv.slice(2);
  const answers = openSync(answersFile, 'w');
  return {
    baseUrl,
    concurrency: Number(concurrency),
    bodies: JSON.parse(readFileSync(bodiesFile, 'utf8')).slice(0, Number(records)),
    /** One line a record, with its number, whatever the answer's form. */
    save: (record, answer) => {
      writeSync(answers, `${JSON.stringify({ record, answer })}\n`);
    },
    /** Tells the parent when the last answer was safe on the disk, in milliseconds since 1970. */
    finish: () => {
      fdatasyncSync(answers);
      process.stdout.write(JSON.stringify({ finishedAtMs: Date.now() }));
    },
  };
}
