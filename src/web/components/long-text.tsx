import { useState } from 'preact/hooks';
import { formatCount } from '../../report/figures.js';
import { DataText } from './data-text.js';

/** Characters that a page shows of any text without being asked. */
const SHOWN_AT_FIRST = 20_000;

interface LongTextProps {
  readonly text: string;
  /** Characters that are shown at first; what is not much longer is shown whole. */
  readonly limit?: number;
}

/** A text from a dataset or a model; of a very long one the rest is shown when asked for. */
export function LongText({ text, limit = SHOWN_AT_FIRST }: LongTextProps) {
  const [showsAll, setShowsAll] = useState(false);
  const hidden = showsAll || text.length < limit * 1.3 ? 0 : text.length - limit;
  return (
    <div class="data long-text">
      <DataText text={hidden > 0 ? text.slice(0, limit) : text} />
      {hidden > 0 && (
        <button type="button" class="button long-text-more" onClick={() => setShowsAll(true)}>
          Show all: {formatCount(hidden)} more characters
        </button>
      )}
    </div>
  );
}
