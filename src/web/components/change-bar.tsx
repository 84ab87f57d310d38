import { formatShare } from '../../report/figures.js';

/** How much of a text changed, as a bar with its figure. */
export function ChangeBar({ share }: { readonly share: number | null }) {
  if (share === null) return <span class="muted">–</span>;
  return (
    <span class="change">
      <svg class="change-bar" viewBox="0 0 56 6" aria-hidden="true">
        <rect class="change-bar-back" width="56" height="6" rx="2" />
        <rect class="change-bar-share" width={Math.round(56 * share)} height="6" rx="2" />
      </svg>
      <span class="number">{formatShare(share)}</span>
    </span>
  );
}
