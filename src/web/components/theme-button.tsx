import { useState } from 'preact/hooks';
import { applyTheme, chosenTheme, THEMES } from '../kept/theme.js';

const SIGNS = { system: '◐', light: '☀', dark: '☾' } as const;

/** Goes round the themes: as the system says, light, dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState(chosenTheme);
  const change = () => {
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button
      type="button"
      class="button button-quiet"
      aria-label={`Colours: ${theme}. Change`}
      title={`Colours: ${theme}`}
      onClick={change}
    >
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </button>
  );
}
