// Conducts a call as a server does, until somebody kills it.
import { join } from 'node:path';
import { REAL_CLOCK } from '../../../src/pace/clock.js';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../../../src/prompt/load-prompt.js';
import { createCalls } from '../../../src/server/calls.js';

const [folder = '', baseUrl = ''] = process.argv.slice(2);
const calls = createCalls({
  runsFolder: join(folder, 'runs'),
  choices: {
    models: ['m'],
    baseUrl,
    prompts: new Map([['introspect', await loadPrompt(DEFAULT_PROMPT_FILE)]]),
    checks: null,
    sending: { concurrency: 4, maxWait: 60, timeout: 30 },
  },
  surroundings: { env: { HOME: folder }, cwd: folder, tell: () => {} },
  clock: REAL_CLOCK,
  datasetPath: async (name) => join(folder, name),
});
const { run } = await calls.start({ dataset: 'data.json', repair: 0, dryRun: false });
process.stdout.write(`started ${run}\n`);
