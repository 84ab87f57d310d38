import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_PROMPT_FILE, loadPrompt } from '../../src/prompt/load-prompt.js';
import { type Listening, listen } from '../../src/server/listen.js';
import { createService, type Service, type ServiceOptions } from '../../src/server/service.js';
import type { StartChoices } from '../../src/server/start-choices.js';
import type { StaticFile } from '../../src/server/static-files.js';
import { type Scene, type SceneOptions, setScene } from '../cli/scene.js';
import { Events } from './events.js';

/** How a request is made; a body that is an object is sent as JSON. */
export interface Ask {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A service in this process, called without a socket, on a scene whose server stands in for a model. */
export interface ServiceScene {
  readonly scene: Scene;
  readonly service: Service;
  /** Where `tasks.json` lies. */
  readonly dataFolder: string;
  readonly runsFolder: string;
  /** What the service told nobody who asks. */
  readonly faults: unknown[];
  ask(method: string, path: string, how?: Ask): Promise<Response>;
  /** The JSON of an answer of success. */
  get<Data = Record<string, unknown>>(path: string): Promise<Data>;
  /** The problem that an answer tells. */
  problem(method: string, path: string, how?: Ask): Promise<Record<string, unknown>>;
  /** Starts a run, and waits for its end. */
  finishedRun(body?: object): Promise<string>;
  idle(run: string): Promise<void>;
  /** Opens the event stream of a run. */
  events(run: string, headers?: Ask['headers']): Promise<Events>;
  /** Listens on a free port. */
  listen(): Promise<Listening>;
  /** Another service on the same folders, as after a restart. */
  another(options?: Partial<ServiceOptions>): Promise<ServiceScene>;
}

export const TOKEN = 'correct-horse-battery-staple';

const PAGE: StaticFile = {
  bytes: new TextEncoder().encode('<!doctype html><title>Burnish</title>'),
  type: 'text/html; charset=utf-8',
  isHashed: false,
};
const SCRIPT: StaticFile = {
  bytes: new TextEncoder().encode('export {};'),
  type: 'text/javascript; charset=utf-8',
  isHashed: true,
};

export async function setServiceScene(
  options: SceneOptions & { readonly service?: Partial<ServiceOptions> } = {},
): Promise<ServiceScene> {
  const scene = await setScene(options);
  const dataFolder = join(scene.folder, 'datasets');
  mkdirSync(dataFolder);
  renameSync(join(scene.folder, 'data.json'), join(dataFolder, 'tasks.json'));
  return openService(scene, options.service ?? {});
}

/** What can be asked with at this address. */
export async function choicesAt(baseUrl: string): Promise<StartChoices> {
  return {
    ...{ models: ['m'], baseUrl, checks: null },
    prompts: new Map([['introspect', await loadPrompt(DEFAULT_PROMPT_FILE)]]),
    sending: { concurrency: 4, maxWait: 60, timeout: 30 },
  };
}

async function openService(scene: Scene, changes: Partial<ServiceOptions>): Promise<ServiceScene> {
  const runsFolder = join(scene.folder, 'runs');
  const dataFolder = join(scene.folder, 'datasets');
  const faults: unknown[] = [];
  const service = createService({
    ...{ runsFolder, dataFolder, uploadLimit: 1_000_000 },
    choices: await choicesAt(scene.server.url),
    ...{ token: null, host: '127.0.0.1', allowedHosts: [] },
    files: new Map([
      ['/index.html', PAGE],
      ['/assets/main.js', SCRIPT],
    ]),
    version: '1.2.3',
    surroundings: { env: { HOME: scene.folder, ...scene.env }, cwd: scene.folder, tell: () => {} },
    onFault: (error) => faults.push(error),
    ...changes,
  });
  onTestFinished(() => service.close());

  const ask: ServiceScene['ask'] = async (method, path, { body, headers = {} } = {}) => {
    const isData = typeof body === 'object' && body !== null && !(body instanceof ReadableStream);
    const init = {
      method,
      headers: {
        host: 'localhost',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isData ? JSON.stringify(body) : body, duplex: 'half' }),
    };
    return service.app.request(path, init as RequestInit);
  };
  const get: ServiceScene['get'] = async (path) => {
    const response = await ask('GET', path);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<never>;
  };
  const problem: ServiceScene['problem'] = async (method, path, how) => {
    const response = await ask(method, path, how);
    if (response.headers.get('content-type') !== 'application/problem+json')
      throw new Error(`no problem: ${response.status} ${await response.text()}`);
    return response.json() as Promise<never>;
  };
  const idle = (run: string): Promise<void> => {
    const dir = join(runsFolder, run);
    return new Promise((resolve) => {
      const look = (): void => {
        if (service.calls.state(dir).call !== 'idle') return;
        forget();
        resolve();
      };
      const forget = service.calls.onChange(look);
      look();
    });
  };
  return {
    ...{ scene, service, dataFolder, runsFolder, faults, ask, get, problem, idle },
    finishedRun: async (body = {}) => {
      const response = await ask('POST', '/api/runs', {
        body: { dataset: 'tasks.json', repair: 0, ...body },
      });
      const { run, title } = (await response.json()) as { run: string; title?: string };
      if (response.status !== 201) throw new Error(`not started: ${title}`);
      await idle(run);
      return run;
    },
    events: async (run, headers) => {
      const response = await ask('GET', `/api/runs/${run}/events`, headers && { headers });
      return new Events(response);
    },
    listen: async () => {
      const listening = await listen((request, bindings) => service.app.fetch(request, bindings), {
        host: '127.0.0.1',
        ports: [0],
      });
      onTestFinished(() => listening.close());
      return listening;
    },
    another: (options = {}) => openService(scene, { ...changes, ...options }),
  };
}
