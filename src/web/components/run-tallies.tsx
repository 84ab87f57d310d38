import { VERDICTS } from '../../checks/severity.js';
import type { RunOverview } from '../../report/run-data.js';
import { OUTCOMES } from '../../run/outcomes.js';
import { Tally } from './tally.js';

interface RunTalliesProps {
  readonly overview: Pick<RunOverview, 'verdicts'> &
    Partial<Pick<RunOverview, 'outcomes' | 'decisions' | 'selected'>>;
  /** Where the examples with a value of a facet are; undefined where those are not at hand. */
  readonly hrefOf: (facet: 'outcome' | 'verdict' | 'decision', value: string) => string | undefined;
}

const DECISION_NAMES = { accept: 'accepted', edit: 'edited', reject: 'rejected' } as const;

/** Where the examples ended, what the checks say of them, and what people decided. */
export function RunTallies({ overview, hrefOf }: RunTalliesProps) {
  const { outcomes, verdicts, decisions, selected = 0 } = overview;
  const linked = (facet: 'outcome' | 'verdict', name: string, count: number) => ({
    name,
    count,
    href: count === 0 ? undefined : hrefOf(facet, name),
  });
  const decided = (decisions?.accept ?? 0) + (decisions?.edit ?? 0) + (decisions?.reject ?? 0);
  return (
    <section class="tallies" aria-labelledby="tallies-heading">
      <h2 id="tallies-heading" class="hidden">
        Examples
      </h2>
      {outcomes !== undefined && (
        <Tally
          title="Outcomes"
          counts={OUTCOMES.map((outcome) => linked('outcome', outcome, outcomes[outcome] ?? 0))}
        />
      )}
      <Tally
        title="Verdicts"
        counts={VERDICTS.toReversed().map((verdict) => linked('verdict', verdict, verdicts[verdict] ?? 0))}
      />
      {decisions !== undefined && (
        <Tally
          title="Decisions"
          total={decided}
          counts={[
            ...(['accept', 'edit', 'reject'] as const).map((action) => ({
              name: DECISION_NAMES[action],
              look: action,
              count: decisions[action] ?? 0,
              href: decisions[action] ? hrefOf('decision', action) : undefined,
            })),
            {
              name: 'undecided',
              look: 'pending',
              count: Math.max(0, selected - decided),
              href: hrefOf('decision', 'none'),
            },
          ]}
        />
      )}
    </section>
  );
}
