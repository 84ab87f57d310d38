import { options } from 'preact';

/** Makes a change of what is shown, and draws it before returning, for whoever does not wait. */
export function drawAtOnce(change: () => void): void {
  const before = options.debounceRendering;
  options.debounceRendering = (draw) => draw();
  change();
  if (before === undefined) delete options.debounceRendering;
  else options.debounceRendering = before;
}
