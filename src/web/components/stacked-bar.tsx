import { stackParts } from '../charts/stacked-parts.js';

interface StackedBarProps {
  readonly parts: readonly { readonly look: string; readonly count: number }[];
  /** What the whole width stands for; the sum of the parts when left out. */
  readonly whole?: number;
  readonly slim?: boolean;
}

const WIDTH = 200;

/** Parts of a whole as one bar. It is only for the eye: the counts stand beside it as text. */
export function StackedBar({ parts, whole, slim = false }: StackedBarProps) {
  const sum = parts.reduce((total, { count }) => total + count, 0);
  const width = whole === undefined || whole === 0 ? WIDTH : Math.max(2, (WIDTH * sum) / whole);
  const height = slim ? 8 : 14;
  return (
    <svg
      class={slim ? 'stacked-bar stacked-bar-slim' : 'stacked-bar'}
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {sum > 0 &&
        stackParts(
          parts.map(({ count }) => count),
          width,
        ).map(({ place, x, width: wide }, index) => (
          <rect
            key={place}
            class={`bar bar-${parts[place]?.look}`}
            x={index === 0 ? x : x + 0.6}
            y="0"
            width={Math.max(0.6, index === 0 ? wide : wide - 0.6)}
            height={height}
          />
        ))}
    </svg>
  );
}
