import { formatCount, formatUsd } from '../../report/figures.js';
import type { RunOverview } from '../../report/run-data.js';
import { DataText } from './data-text.js';
import { StackedBar } from './stacked-bar.js';

type Spending = RunOverview['spending']['byModel'][string];

/** What was paid, by purpose and by model, with the tokens. */
export function SpendingTable({ spending }: { readonly spending: RunOverview['spending'] }) {
  const groups = [
    { title: 'Purpose', rows: Object.entries(spending.byPurpose) },
    { title: 'Model', rows: Object.entries(spending.byModel) },
  ];
  const mostUsd = Math.max(0, ...groups.flatMap(({ rows }) => rows.map(([, { costUsd }]) => costUsd ?? 0)));
  return (
    <div class="scrolled">
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">Spent on</th>
            <th scope="col" class="number">
              Cost
            </th>
            <th scope="col">
              <span class="hidden">As a bar</span>
            </th>
            <th scope="col" class="number">
              Requests
            </th>
            <th scope="col" class="number">
              Faults
            </th>
            <th scope="col" class="number">
              Tokens in
            </th>
            <th scope="col" class="number">
              of them cached
            </th>
            <th scope="col" class="number">
              Tokens out
            </th>
            <th scope="col" class="number">
              of them reasoning
            </th>
          </tr>
        </thead>
        {groups.map(({ title, rows }) => (
          <tbody key={title}>
            <tr class="figures-group">
              <th scope="rowgroup" colSpan={9}>
                {title}
              </th>
            </tr>
            {rows.map(([name, spent]) => (
              <SpendingRow key={name} name={name} spent={spent} mostUsd={mostUsd} />
            ))}
          </tbody>
        ))}
        <tfoot>
          <SpendingRow name="All" spent={spending} mostUsd={0} />
        </tfoot>
      </table>
    </div>
  );
}

interface SpendingRowProps {
  readonly name: string;
  readonly spent: Spending;
  /** What a full bar stands for; 0 for no bar. */
  readonly mostUsd: number;
}

function SpendingRow({ name, spent, mostUsd }: SpendingRowProps) {
  return (
    <tr>
      <th scope="row" class="data">
        <DataText text={name} />
      </th>
      <td class="number">{formatUsd(spent.costUsd)}</td>
      <td class="spending-bar">
        {mostUsd > 0 && spent.costUsd !== null && (
          <StackedBar slim whole={mostUsd} parts={[{ look: 'series-2', count: spent.costUsd }]} />
        )}
      </td>
      <td class="number">{formatCount(spent.sent)}</td>
      <td class="number">{formatCount(spent.faults)}</td>
      <td class="number">{formatCount(spent.promptTokens)}</td>
      <td class="number">{formatCount(spent.cachedPromptTokens)}</td>
      <td class="number">{formatCount(spent.completionTokens)}</td>
      <td class="number">{formatCount(spent.reasoningTokens)}</td>
    </tr>
  );
}
