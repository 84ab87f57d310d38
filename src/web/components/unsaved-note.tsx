import { useApp } from '../app-context.js';
import { useSignal } from '../signal.js';

/** Says that decisions wait to be saved, for as long as they do, and sends them again. */
export function UnsavedNote() {
  const { decisions, toasts } = useApp();
  const unsaved = [...useSignal(decisions.waiting).values()].filter(({ state }) => state === 'unsaved');
  if (unsaved.length === 0) return null;
  return (
    <span class="unsaved-note">
      <span class="chip chip-unsaved">{unsaved.length} not saved</span>
      <button
        type="button"
        class="button"
        onClick={() => {
          toasts.close('unsaved');
          decisions.sendAgain();
        }}
      >
        Send again
      </button>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          toasts.close('unsaved');
          decisions.discardUnsaved();
        }}
      >
        Discard
      </button>
    </span>
  );
}
