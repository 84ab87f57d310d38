import { useSignal } from '../signal.js';
import type { ToastList } from '../toast-list.js';
import { DataText } from './data-text.js';

/** The short messages in the corner; a screen reader says each as it comes. */
export function Toasts({ list }: { readonly list: ToastList }) {
  const toasts = useSignal(list.shown);
  return (
    <section class="toasts" aria-label="Messages" aria-live="polite">
      {toasts.map(({ key, text, problem, actions }) => (
        <div key={key} class={problem ? 'toast toast-problem' : 'toast'}>
          <div class="toast-text data">
            <DataText text={text} />
          </div>
          <div class="toast-actions">
            {actions.map(({ label, run }) => (
              <button key={label} type="button" class="button" onClick={run}>
                {label}
              </button>
            ))}
            <button
              type="button"
              class="button button-quiet"
              aria-label="Close"
              onClick={() => list.close(key)}
            >
              ✕
            </button>
          </div>
        </div>
      ))}
    </section>
  );
}
