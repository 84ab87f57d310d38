import type { DiffMode } from '../diff-mode.js';
import { createSignal, type Signal } from '../signal.js';
import { keep, kept } from './storage.js';

/** How somebody likes to review; kept in the browser. */
export interface Settings {
  /** Whether the next record is shown after a decision. */
  readonly advances: boolean;
  /** How a record is shown where the address does not say it. */
  readonly view: DiffMode;
}

const KEY = 'burnish.settings';
const DEFAULTS: Settings = { advances: true, view: 'side' };

export function createSettings(storage: Storage): Signal<Settings> {
  const settings = createSignal<Settings>({ ...DEFAULTS, ...read(kept(storage, KEY)) });
  settings.subscribe(() => keep(storage, KEY, JSON.stringify(settings.get())));
  return settings;
}

function read(text: string | null): Partial<Settings> {
  try {
    const { advances, view } = JSON.parse(text ?? '{}');
    return {
      ...(typeof advances === 'boolean' && { advances }),
      ...((view === 'side' || view === 'inline') && { view }),
    };
  } catch {
    return {};
  }
}
