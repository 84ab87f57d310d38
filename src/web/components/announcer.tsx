/** Where screen readers hear what happens elsewhere on the page. */
export function Announcer({ sentence }: { readonly sentence: string }) {
  return (
    <div class="hidden" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}
