import { formatCount } from '../../report/figures.js';

interface PagerProps {
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly hrefOf: (page: number) => string;
}

/** Leads to the pages of a list. */
export function Pager({ page, pages, hrefOf }: PagerProps) {
  if (pages <= 1) return null;
  return (
    <nav class="pager" aria-label="Pages of the list">
      <Step label="First" sign="«" to={page > 1 ? hrefOf(1) : undefined} />
      <Step label="Before" sign="‹" to={page > 1 ? hrefOf(page - 1) : undefined} />
      <span class="number">
        {formatCount(page)} of {formatCount(pages)}
      </span>
      <Step label="Next" sign="›" to={page < pages ? hrefOf(page + 1) : undefined} />
      <Step label="Last" sign="»" to={page < pages ? hrefOf(pages) : undefined} />
    </nav>
  );
}

interface StepProps {
  readonly label: string;
  readonly sign: string;
  /** Undefined where there is no such page. */
  readonly to: string | undefined;
}

function Step({ label, sign, to }: StepProps) {
  if (to === undefined) {
    return (
      <span class="button button-off" aria-hidden="true">
        {sign}
      </span>
    );
  }
  return (
    <a class="button" href={to} title={`${label} page`}>
      <span aria-hidden="true">{sign}</span>
      <span class="hidden">{label} page</span>
    </a>
  );
}
