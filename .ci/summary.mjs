// Prints the one line that sums up vitest's JSON report, and fails when no test ran.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report;

console.log(`${passed} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped`);
if (passed + failed === 0) process.exitCode = 1;
