import { UserError } from '../../errors.js';
import type { Batch } from '../../model/batch.js';
import type { ModelError } from '../../model/model-error.js';
import { refusal } from '../stop-errors.js';
import type { BatchRecord } from './batch-record.js';

/** Batches wait at another server: looked for here they would seem never to have been. */
export function otherServer({ intent }: BatchRecord, server: string): UserError {
  return new UserError('config', 'Batches of this run wait at another server.', {
    where: `batch ${intent.batch}`,
    expected: intent.server,
    found: server,
    hint: `Give --base-url ${intent.server} to collect or cancel them; \`burnish cancel --forget\` gives them up.`,
  });
}

/** The server failed a batch before it worked on anything. */
export function refusedBatch({ intent }: BatchRecord, batch: Batch, elsewhere: number): UserError {
  const [first] = batch.errors;
  const words =
    first === undefined
      ? 'no reason told'
      : [first.code, first.message, first.line === null ? '' : `line ${first.line}`]
          .filter((part) => part !== '')
          .join(', ');
  const others = batch.errors.length > 1 ? ` and ${batch.errors.length - 1} more` : '';
  const isTokenLimit = batch.errors.some(({ code }) => code === 'token_limit_exceeded');
  const tokens = intent.requests.reduce((sum, { promptTokens }) => sum + promptTokens, 0);
  return new UserError(
    'model_refused',
    'The server refused a batch as a whole. Nothing of it was charged, and no example was marked as failed.' +
      (elsewhere === 0 ? '' : ` Batches that go on at the server: ${elsewhere}.`),
    {
      where: `batch ${batch.id}`,
      found: `${words}${others}`,
      hint: isTokenLimit
        ? `Give --batch-max-tokens with less than the limit (this batch had about ${tokens} prompt tokens), and run the same command again.`
        : 'Mend the cause, then run the same command again.',
    },
  );
}

/** A call about a batch was refused. */
export function refusedCall(fault: ModelError, model: string, { intent, serverId }: BatchRecord): UserError {
  if (fault.facts.code !== 'not_found') return refusal(fault, { name: model });
  return new UserError(
    'model_refused',
    'The server does not have a batch, or a file of it, that this run waits for.',
    {
      where: `batch ${serverId ?? intent.batch}`,
      found: fault.message,
      hint: 'Check that the API key is of the same project. If the batch is really gone, `burnish cancel --forget` gives it up, so that its examples can be asked again.',
    },
    { cause: fault },
  );
}
