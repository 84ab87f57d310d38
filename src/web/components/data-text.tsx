import { visibleParts } from '../../report/visible.js';

/**
 * Text from a dataset or a model. It is never anything but text: what would reorder or hide it is shown as an
 * escape instead, which keeps its own direction within text from right to left.
 */
export function DataText({ text }: { readonly text: string }) {
  return (
    <>
      {visibleParts(text).map((part, place) =>
        part.escaped ? (
          <span key={place} class="escape">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </>
  );
}
