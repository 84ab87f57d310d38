import type { Io } from './io.js';

/** Opens a page in the browser, if there is one: the address was printed, so it is no fault if not. */
export async function openInBrowser(url: string, { env, tell }: Pick<Io, 'env' | 'tell'>): Promise<void> {
  if (!hasDisplay(env)) return;
  try {
    const { default: open } = await import('open');
    const launcher = await open(url);
    launcher.on('error', () => {});
    launcher.unref();
  } catch (error) {
    tell(`note: no browser could be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Without a screen a browser of the terminal would be opened, over what is printed. */
function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  if (process.platform !== 'linux') return true;
  return [env.DISPLAY, env.WAYLAND_DISPLAY, env.WSL_DISTRO_NAME].some((name) => (name ?? '') !== '');
}
