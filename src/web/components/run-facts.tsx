import { formatCount, formatUsd } from '../../report/figures.js';
import type { RunOverview } from '../../report/run-data.js';
import { DataText } from './data-text.js';
import { Fact } from './fact.js';
import { When } from './when.js';

interface RunFactsProps {
  readonly overview: RunOverview;
  /** The prompt's name, when it is known. */
  readonly promptName?: string | undefined;
}

/** What a run was made from and with. */
export function RunFacts({ overview, promptName }: RunFactsProps) {
  const { budget, judge, prompt } = overview;
  const data = (text: string) => (
    <span class="data">
      <DataText text={text} />
    </span>
  );
  return (
    <dl class="facts small">
      <Fact name="Dataset">{data(overview.dataset)}</Fact>
      <Fact name="Rows">
        {formatCount(overview.selected)} of {formatCount(overview.rows)}
      </Fact>
      <Fact name="Begun">
        <When lasting at={overview.createdAt} />
      </Fact>
      <Fact name="Model">{data(overview.model)}</Fact>
      <Fact name="Prompt">
        {promptName !== undefined && <>{data(promptName)} </>}
        <code title={prompt}>{prompt.slice(0, 8)}</code>
      </Fact>
      <Fact name="Temperature">{overview.temperature}</Fact>
      <Fact name="Most tokens of a reply">{formatCount(overview.maxTokens)}</Fact>
      <Fact name="Judge">{judge === null ? 'none' : data(judge)}</Fact>
      <Fact name="On a flag">{overview.onFlag}</Fact>
      <Fact name="On a fail">{overview.onFail}</Fact>
      <Fact name="Budget">
        {[
          ...(budget.usd === null ? [] : [formatUsd(budget.usd)]),
          ...(budget.tokens === null ? [] : [`${formatCount(budget.tokens)} tokens`]),
        ].join(', ') || 'none'}
      </Fact>
    </dl>
  );
}
