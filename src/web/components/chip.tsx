import type { ComponentChildren } from 'preact';
import { visible } from '../../report/visible.js';

interface ChipProps {
  /** A verdict, severity, outcome, decision or state of a run; its word colours the chip. */
  readonly kind: string;
  readonly title?: string | undefined;
  readonly children?: ComponentChildren;
}

/** A word on a coloured ground. The colour only repeats what the word says. */
export function Chip({ kind, title, children }: ChipProps) {
  return (
    <span class={`chip chip-${kind}`} title={title === undefined ? undefined : visible(title)}>
      {children ?? kind}
    </span>
  );
}
