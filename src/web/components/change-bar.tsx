import { formatShare } from '../../report/figures.js';

/** How much of a text changed, as a bar with its figure. */
export function ChangeBar({ share }: { readonly share: number | null }) {
  if (share === null) return <span class="muted">–</span>;
  return (
    <span class="change">
      <svg class="change-bar" viewBox="0 0 44 6" aria-hidden="true">
        <rect class="change-bar-back" width="44" height="6" rx="2" />
        <rect class="change-bar-share" width={Math.round(44 * share)} height="6" rx="2" />
      </svg>
      <span class="number">{formatShare(share)}</span>
    </span>
  );
}
