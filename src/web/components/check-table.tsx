import { SEVERITIES } from '../../checks/severity.js';
import { formatCount } from '../../report/figures.js';
import type { RunOverview } from '../../report/run-data.js';
import { Legend } from './legend.js';
import { StackedBar } from './stacked-bar.js';

interface CheckTableProps {
  readonly checks: RunOverview['checks'];
  /** Where the examples of a check are; left out where there is no list. */
  readonly hrefOf: (check: string) => string;
}

/** What the checks found, in how many examples, by the worst severity there: a chart whose numbers stand beside its bars. */
export function CheckTable({ checks, hrefOf }: CheckTableProps) {
  if (checks.length === 0) return <p class="muted panel-body">The checks found nothing.</p>;
  const rows = checks
    .map(({ check, description, examples }) => ({
      check,
      description,
      examples,
      total: SEVERITIES.reduce((sum, severity) => sum + (examples[severity] ?? 0), 0),
    }))
    .sort((one, other) => other.total - one.total || one.check.localeCompare(other.check));
  const most = rows[0]?.total ?? 0;
  return (
    <div class="scrolled">
      <table class="figures-table check-table">
        <caption>
          <Legend entries={SEVERITIES.map((severity) => ({ name: severity, look: severity }))} />
        </caption>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col" class="number">
              Examples
            </th>
            <th scope="col">
              <span class="hidden">As a bar</span>
            </th>
            {SEVERITIES.map((severity) => (
              <th key={severity} scope="col" class="number">
                {severity}
              </th>
            ))}
            <th scope="col">What it finds</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ check, description, examples, total }) => (
            <tr key={check}>
              <th scope="row">
                <a href={hrefOf(check)}>
                  <code>{check}</code>
                </a>
              </th>
              <td class="number">{formatCount(total)}</td>
              <td class="check-bar">
                {/* biome-ignore lint/a11y/useAnchorContent: for the mouse only; the name beside it is the link */}
                <a href={hrefOf(check)} tabIndex={-1} aria-hidden="true">
                  <StackedBar
                    whole={most}
                    parts={SEVERITIES.map((severity) => ({ look: severity, count: examples[severity] ?? 0 }))}
                  />
                </a>
              </td>
              {SEVERITIES.map((severity) => (
                <td key={severity} class="number">
                  {examples[severity] ? formatCount(examples[severity]) : <span class="muted">–</span>}
                </td>
              ))}
              <td class="check-description">{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
