import { keep, kept } from './storage.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'burnish.theme';

/** The theme that was chosen in this browser; `system` follows the operating system. */
export function chosenTheme(): Theme {
  const theme = kept(localStorage, KEY);
  return THEMES.find((known) => known === theme) ?? 'system';
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  keep(localStorage, KEY, theme === 'system' ? null : theme);
}
