// Records decisions of its own, one call after another.
import { recordDecisions } from '../../../src/run/record-decisions.js';

const [dir = '', name, count] = process.argv.slice(2);
for (let number = 0; number < Number(count); number++) {
  const at = new Date().toISOString();
  await recordDecisions(dir, [{ v: 1, example: `${name}-${number}`, at, action: 'reject' }]);
}
