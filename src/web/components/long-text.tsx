import { useState } from 'preact/hooks';
import { formatCount } from '../../report/figures.js';
import { DataText } from './data-text.js';

/** Characters of a text that are shown at first. */
const SHOWN_AT_FIRST = 20_000;

/** A text from a dataset or a model; of a very long one the rest is shown when asked for. */
export function LongText({ text }: { readonly text: string }) {
  const [showsAll, setShowsAll] = useState(false);
  const hidden = showsAll ? 0 : Math.max(0, text.length - SHOWN_AT_FIRST);
  return (
    <div class="data long-text">
      <DataText text={hidden > 0 ? text.slice(0, SHOWN_AT_FIRST) : text} />
      {hidden > 0 && (
        <button type="button" class="button" onClick={() => setShowsAll(true)}>
          Show all: {formatCount(hidden)} more characters
        </button>
      )}
    </div>
  );
}
