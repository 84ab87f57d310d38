import { expect, test } from 'vitest';
import { normalizeFinishReason, wasCut } from '../../src/model/finish-reason.js';

test.each([
  ['stop', 'stop', false],
  ['end_turn', 'stop', false],
  ['length', 'length', true],
  ['MAX_TOKENS', 'length', true],
  ['content_filter', 'content_filter', true],
  ['safety', 'content_filter', true],
  ['tool_calls', 'tool_calls', false],
  ['', null, false],
  [null, null, false],
])('calls %j %j, and cut is %j', (reason, name, cut) => {
  expect(normalizeFinishReason(reason)).toBe(name);
  expect(wasCut(reason)).toBe(cut);
});
