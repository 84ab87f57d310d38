import type { CommandModule } from './command-module.js';

/** One command: its module is imported only when it is the one that was asked for. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandModule>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'refine',
    summary: 'ask a model to rewrite the longest responses, and write the training set',
    load: () => import('./commands/refine.js'),
  },
  {
    name: 'select',
    summary: 'write the examples with the longest responses, asking no model',
    load: () => import('./commands/select.js'),
  },
  { name: 'runs', summary: 'list the runs', load: () => import('./commands/runs.js') },
  {
    name: 'status',
    summary: 'what a run holds, what it cost, what is left',
    load: () => import('./commands/status.js'),
  },
  {
    name: 'check',
    summary: 'check a run afresh, or any refined file against its original',
    load: () => import('./commands/check.js'),
  },
  {
    name: 'diff',
    summary: 'compare original and refined responses',
    load: () => import('./commands/diff.js'),
  },
  {
    name: 'retry',
    summary: 'ask again for chosen examples of a run',
    load: () => import('./commands/retry.js'),
  },
  {
    name: 'cancel',
    summary: 'cancel what a run has in batches',
    load: () => import('./commands/cancel.js'),
  },
  {
    name: 'decide',
    summary: 'accept, reject or edit refined responses by hand',
    load: () => import('./commands/decide.js'),
  },
  {
    name: 'export',
    summary: 'write the training set of a run',
    load: () => import('./commands/export.js'),
  },
  {
    name: 'review',
    summary: 'look through a run and decide, on a page in the browser',
    load: () => import('./commands/review.js'),
  },
  {
    name: 'serve',
    summary: 'the runs over HTTP, with a page to start, watch, review and export them',
    load: () => import('./commands/serve.js'),
  },
  {
    name: 'demo',
    summary: 'see the whole flow with a small dataset and recorded replies',
    load: () => import('./commands/demo.js'),
  },
];
