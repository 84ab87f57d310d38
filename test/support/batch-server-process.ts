// A batch server in a process of its own, which outlives the programs that are killed in front of it: the first
// argument is its script as JSON. It says `ready URL`, and ends when its stdin does.
import { startBatchServer } from './batch-server.js';

const server = await startBatchServer(JSON.parse(process.argv[2] ?? '{}'));
process.stdout.write(`ready ${server.url}\n`);
process.stdin.on('end', () => process.exit()).resume();
