import { homedir } from 'node:os';
import { join } from 'node:path';
import { CHECKS } from '../checks/index.js';
import { checksOfRun } from '../conduct/checks-of-run.js';
import type { Surroundings } from '../conduct/surroundings.js';
import { REAL_CLOCK } from '../pace/clock.js';
import { Access } from './access.js';
import { type BurnishApp, createApp } from './app.js';
import { createCalls } from './calls.js';
import { Datasets } from './datasets.js';
import { createDesk } from './desk.js';
import { LoginLimit } from './login-limit.js';
import { ownHosts } from './own-hosts.js';
import type { Calls, Desk } from './parts.js';
import { Problems } from './problem.js';
import type { StartChoices } from './start-choices.js';
import type { StaticFile } from './static-files.js';

/** How a service is set up; all paths absolute. */
export interface ServiceOptions {
  readonly runsFolder: string;
  /** null: datasets can only be uploaded. */
  readonly dataFolder: string | null;
  /** Bytes. */
  readonly uploadLimit: number;
  readonly choices: StartChoices;
  /** null: whoever reaches the server may use it. */
  readonly token: string | null;
  /** Where it listens. */
  readonly host: string;
  /** Further names by which it may be called. */
  readonly allowedHosts: readonly string[];
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly version: string;
  readonly surroundings: Surroundings;
  onFault(error: unknown): void;
}

/** A service whose parts work together; nothing listens yet. */
export interface Service extends BurnishApp {
  readonly calls: Calls;
  readonly desk: Desk;
}

/** Builds the service out of its real parts. */
export function createService(options: ServiceOptions): Service {
  const { runsFolder, dataFolder, uploadLimit, choices, surroundings } = options;
  const uploads = join(runsFolder, '.uploads');
  const datasets = new Datasets({ data: dataFolder, uploads, uploadLimit });
  const calls = createCalls({
    ...{ runsFolder, choices, surroundings },
    clock: REAL_CLOCK,
    datasetPath: (name) => datasets.pathOf(name),
  });
  const desk = createDesk({
    runsFolder,
    suiteOf: async (run) => (await checksOfRun(run, surroundings)).suite,
    onFault: options.onFault,
  });
  const nowMs = (): number => Date.now();
  const folders = [
    uploads,
    runsFolder,
    surroundings.cwd,
    homedir(),
    ...(dataFolder === null ? [] : [dataFolder]),
  ];
  const { app, close } = createApp({
    ...{ runsFolder, desk, calls, datasets, files: options.files, version: options.version },
    named: {
      models: [...choices.models],
      prompts: [...choices.prompts].map(([name, { hash }]) => ({ name, hash })),
      canSend: choices.models.length > 0,
      checks: CHECKS.map(({ id, severity, description }) => ({ id, severity, description })),
    },
    visitors: { access: new Access(options.token, nowMs), limit: new LoginLimit(nowMs) },
    hosts: ownHosts(options.host, options.allowedHosts),
    problems: new Problems(folders),
    onFault: options.onFault,
  });
  return {
    ...{ app, calls, desk },
    close: async () => {
      await close();
      await calls.close();
      await desk.close();
    },
  };
}
