import { formatWhen } from '../wording/when.js';

/** When something was; the exact time where one points at it. */
export function When({ at }: { readonly at: string }) {
  return (
    <time
      dateTime={at}
      title={new Date(at).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}
    >
      {formatWhen(at, new Date())}
    </time>
  );
}
