// Kills itself at once after `append` returned, before any sync.
import { LineLog } from '../../../src/run/line-log.js';

const log = await LineLog.open(process.argv[2] ?? '');
log.append({ paid: 'reply' }).catch(() => {});
process.kill(process.pid, 'SIGKILL');
