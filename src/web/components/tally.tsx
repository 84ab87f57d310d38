import { formatCount } from '../../report/figures.js';
import { Legend } from './legend.js';
import { StackedBar } from './stacked-bar.js';

interface TallyProps {
  readonly title: string;
  /** What is told beside the title; the sum of the counts when left out. */
  readonly total?: number;
  readonly counts: readonly {
    readonly name: string;
    readonly count: number;
    readonly href?: string | undefined;
    /** Ending of the class of its bar, where that is not its name. */
    readonly look?: string;
  }[];
}

/** How a whole is shared out: a bar, and each part's name and count. */
export function Tally({ title, total, counts }: TallyProps) {
  const sum = total ?? counts.reduce((all, { count }) => all + count, 0);
  const entries = counts.map((entry) => ({ ...entry, look: entry.look ?? entry.name }));
  return (
    <section class="tally" aria-label={title}>
      <h3>
        {title} <span class="tally-sum number">{formatCount(sum)}</span>
      </h3>
      <StackedBar parts={entries} />
      <Legend entries={entries} />
    </section>
  );
}
