import { useState } from 'preact/hooks';
import { formatCount } from '../../report/figures.js';
import { beginningOf } from '../wording/beginning.js';
import { DataText } from './data-text.js';

/** Characters that a page shows of any text without being asked. */
const SHOWN_AT_FIRST = 20_000;
/** How much more of it each wish for more shows. */
const GROWTH = 10;

interface LongTextProps {
  readonly text: string;
  /** Characters that are shown at first; what is not much longer is shown whole. */
  readonly limit?: number;
}

/** A text from a dataset or a model; of a very long one more is shown when asked for. */
export function LongText({ text, limit = SHOWN_AT_FIRST }: LongTextProps) {
  const [shown, setShown] = useState(limit);
  const beginning = text.length < shown * 1.3 ? text : beginningOf(text, shown);
  const hidden = text.length - beginning.length;
  return (
    <div class="data long-text">
      <DataText text={beginning} />
      {hidden > 0 && (
        <button type="button" class="button long-text-more" onClick={() => setShown(shown * GROWTH)}>
          Show more: {formatCount(hidden)} characters follow
        </button>
      )}
    </div>
  );
}
