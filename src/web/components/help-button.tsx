/** Shows the keys of a page. */
export function HelpButton({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <button
      type="button"
      class="button button-quiet"
      aria-label="Keys"
      aria-keyshortcuts="?"
      onClick={onOpen}
    >
      <kbd>?</kbd>
    </button>
  );
}
