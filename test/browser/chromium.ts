import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type BrowserServer, chromium } from 'playwright-core';

/** Names under which systems install it, the likeliest first. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The Chromium that this machine has; undefined for none. `CHROMIUM_PATH` names another. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM_PATH !== undefined && env.CHROMIUM_PATH !== '') return env.CHROMIUM_PATH;
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(delimiter)];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts a Chromium without a window, which speaks to nobody but the pages that it is sent to. */
export function launchChromium(executablePath: string): Promise<BrowserServer> {
  const quiet = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'];
  return chromium.launchServer({
    executablePath,
    args: [
      '--no-first-run',
      ...quiet.map((feature) => `--disable-${feature}`),
      // Chromium's sandbox refuses root, which is who CI machines often are.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
