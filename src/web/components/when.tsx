import { formatWhen } from '../wording/when.js';

interface WhenProps {
  readonly at: string;
  /** Whether it is read on other days too, as on paper. */
  readonly lasting?: boolean;
}

/** When something was; the exact time where one points at it. */
export function When({ at, lasting = false }: WhenProps) {
  return (
    <time
      dateTime={at}
      title={new Date(at).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}
    >
      {formatWhen(at, lasting ? undefined : new Date())}
    </time>
  );
}
