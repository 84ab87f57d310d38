import { useId } from 'preact/hooks';
import { formatCount, formatDuration, formatUsd } from '../../report/figures.js';
import type { AttemptData } from '../../report/record-data.js';
import { visible } from '../../report/visible.js';
import { Chip } from './chip.js';
import { DataText } from './data-text.js';

interface AttemptTableProps {
  readonly attempts: readonly AttemptData[];
  /** The attempt that counts; null for none. */
  readonly chosen: number | null;
  /** The attempt that is shown; null when that is none of them, as an edited text. */
  readonly shown: number | null;
  readonly onShow: (attempt: number) => void;
  /** Shows the messages that were sent; left out where they are not at hand. */
  readonly onPrompt?: (attempt: number) => void;
  /** Shows the raw reply. */
  readonly onReply: (attempt: number) => void;
}

/** Every request that was sent for an example, and what became of it; those with a response can be looked at. */
export function AttemptTable({ attempts, chosen, shown, onShow, onPrompt, onReply }: AttemptTableProps) {
  const group = useId();
  if (attempts.length === 0) return <p class="muted panel-body">Nothing was asked yet.</p>;
  return (
    <div class="scrolled">
      <table class="attempt-table">
        <thead>
          <tr>
            <th scope="col">Attempt</th>
            <th scope="col">Purpose</th>
            <th scope="col">Model</th>
            <th scope="col">Verdict</th>
            <th scope="col" class="number">
              Tokens in → out
            </th>
            <th scope="col" class="number">
              Cost
            </th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col">End</th>
            <th scope="col">
              <span class="hidden">Texts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <tr key={attempt.attempt} class={attempt.attempt === shown ? 'attempt-shown' : undefined}>
              <th scope="row">
                <label class="choice">
                  <input
                    type="radio"
                    name={group}
                    checked={attempt.attempt === shown}
                    disabled={attempt.candidate === null}
                    onChange={() => onShow(attempt.attempt)}
                  />
                  {attempt.attempt}
                  {attempt.attempt === chosen && <Chip kind="counts" />}
                </label>
              </th>
              <td>
                {attempt.purpose}
                {attempt.resend > 0 && <span class="muted"> (sent again)</span>}
                {attempt.judged !== null && <span class="muted"> of {attempt.judged.attempt}</span>}
              </td>
              <td>
                <span class="data" title={visible(attempt.servedModel ?? '')}>
                  <DataText text={attempt.model} />
                </span>
                <span class="muted"> at {attempt.temperature}</span>
              </td>
              <td>
                {attempt.verdict === null ? <span class="muted">–</span> : <Chip kind={attempt.verdict} />}
              </td>
              <td class="number">
                {attempt.usage === null
                  ? '–'
                  : `${formatCount(attempt.usage.promptTokens)} → ${formatCount(attempt.usage.completionTokens)}`}
              </td>
              <td class="number">{formatUsd(attempt.costUsd)}</td>
              <td class="number">{formatDuration(attempt.durationMs)}</td>
              <td>
                <EndOf attempt={attempt} />
              </td>
              <td class="attempt-texts">
                {onPrompt && (
                  <button type="button" class="link-button" onClick={() => onPrompt(attempt.attempt)}>
                    Prompt
                  </button>
                )}
                {attempt.reply !== null && (
                  <button type="button" class="link-button" onClick={() => onReply(attempt.attempt)}>
                    Reply
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EndOf({ attempt: { error, finishReason } }: { readonly attempt: AttemptData }) {
  if (error === null)
    return (
      <span class="data">
        <DataText text={finishReason ?? '–'} />
      </span>
    );
  return (
    <span class="data problem-text">
      {error.status !== null && `${error.status} `}
      {error.code}: <DataText text={error.message} />
    </span>
  );
}
