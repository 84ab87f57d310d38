import { expect, test } from 'vitest';
import { type RequestParameters, wouldAnswerTheSame } from '../../src/run/same-request.js';
import { ledgerWith } from '../support/entries.js';
import { type AttemptParts, PROMPT } from '../support/run-parts.js';

const AT_ZERO: AttemptParts = { temperature: 0 };

test.each<[string, AttemptParts[], Partial<RequestParameters>, boolean]>([
  ['answered at temperature 0', [AT_ZERO], {}, true],
  ['answered so once, among others', [AT_ZERO, { temperature: 0.7, attempt: 2 }], {}, true],
  ['answered so with more tokens', [{ ...AT_ZERO, maxTokens: 128 }], {}, true],
  ['whole with fewer tokens', [{ ...AT_ZERO, maxTokens: 32 }], {}, true],
  ['cut off with as many tokens', [{ ...AT_ZERO, finishReason: 'length' }], {}, true],
  ['cut off with fewer tokens', [{ ...AT_ZERO, maxTokens: 32, finishReason: 'length' }], {}, false],
  ['answered by another model', [{ ...AT_ZERO, model: 'other' }], {}, false],
  ['answered under another prompt', [AT_ZERO], { prompt: { hash: 'f'.repeat(64) } }, false],
  ['to be asked at another temperature', [AT_ZERO], { temperature: 0.7 }, false],
  ['answered at another temperature', [{ temperature: 0.7 }], {}, false],
  ['answered by a model that chooses its temperature', [{ ...AT_ZERO, omitted: ['temperature'] }], {}, false],
  ['never answered', [{ ...AT_ZERO, fault: ['example', 'bad_request', 'no'] }], {}, false],
  ['never asked', [], {}, false],
])('an example that was %s', (_, attempts, changed, same) => {
  const request = { model: 'small-model', prompt: PROMPT, temperature: 0, maxTokens: 64, ...changed };
  const [entry] = ledgerWith(1, attempts);
  expect(entry && wouldAnswerTheSame(entry, request)).toBe(same);
});
