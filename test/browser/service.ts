import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Scene, type SceneOptions, setScene } from '../cli/scene.js';
import { type Running, startBurnish } from '../support/cli.js';

/** A `burnish serve` on a free port, with a dataset to start runs from and a server that stands in for a model. */
export interface Service {
  readonly scene: Scene;
  /** Up to and without the path. */
  readonly url: string;
  readonly process: Running;
  /** The same on the same port, after the process was ended. */
  startAgain(): Promise<Service>;
}

export interface ServiceOptions extends SceneOptions {
  /** More arguments of `burnish serve`. */
  readonly args?: readonly string[];
  /** Does what has to be done before the service starts, such as a run of the command line. */
  readonly before?: (scene: Scene) => Promise<unknown>;
}

/** The dataset's name for the service; the scene has it as `data.json`. */
export const DATASET = 'tasks.json';

/** Sets a scene and starts a service in its folder. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const { args = [], before, ...sceneOptions } = options;
  const scene = await setScene(sceneOptions);
  await before?.(scene);
  mkdirSync(join(scene.folder, 'datasets'));
  renameSync(join(scene.folder, 'data.json'), join(scene.folder, 'datasets', DATASET));
  const model = ['--model', 'm', '--base-url', scene.server.url];
  return startIn(scene, ['--runs', 'runs', '--data-dir', 'datasets', ...model, ...args], 0);
}

async function startIn(scene: Scene, args: readonly string[], port: number): Promise<Service> {
  const { folder, env } = scene;
  const running = startBurnish(['serve', '--port', String(port), ...args], { cwd: folder, env });
  await running.says('http://');
  const told = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(running.stderr());
  if (told?.[1] === undefined) throw new Error(`no address is told:\n${running.stderr()}`);
  const ownPort = Number(told[1]);
  return {
    ...{ scene, process: running, url: `http://127.0.0.1:${ownPort}` },
    startAgain: async () => {
      await running.ended;
      return startIn(scene, args, ownPort);
    },
  };
}
