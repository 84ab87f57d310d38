import { describe, expect, it } from 'vitest';
import { startRunSchema } from '../../src/server/api-schemas.js';
import { EMPTY_FORM, fieldOf, toStartBody } from '../../src/web/run-form.js';

describe('the form of a new run', () => {
  it('leaves out what was not filled in', () => {
    expect(toStartBody({ ...EMPTY_FORM, dataset: 'a.json' })).toEqual({ dataset: 'a.json' });
  });

  it('gives everything that was filled in, as the API takes it', () => {
    const body = toStartBody({
      ...{ dataset: 'a.json', which: 'top', top: '100', limit: '10', model: 'm', prompt: 'p' },
      ...{ temperature: '0', maxTokens: '2048', repair: '0', onFlag: 'use', onFail: 'drop' },
      ...{ budgetUsd: '1.5', budgetTokens: '1000', requestsPerMinute: '60', tokensPerMinute: '9000' },
      concurrency: '4',
    });
    expect(startRunSchema.parse(body)).toEqual({
      ...{ dataset: 'a.json', top: 100, limit: 10, model: 'm', prompt: 'p', temperature: 0 },
      ...{ maxTokens: 2048, repair: 0, onFlag: 'use', onFail: 'drop', budgetUsd: 1.5, budgetTokens: 1000 },
      ...{ requestsPerMinute: 60, tokensPerMinute: 9000, concurrency: 4, dryRun: false },
    });
  });

  it('never asks for the longest and for all at once', () => {
    expect(toStartBody({ ...EMPTY_FORM, dataset: 'a.json', which: 'all', top: '5' })).toEqual({
      ...{ dataset: 'a.json', all: true },
    });
  });
});

describe('the field that a problem is about', () => {
  it.each([
    { where: '--temperature', field: 'temperature' },
    { where: 'temperature: Too big', field: 'temperature' },
    { where: '--on-flag', field: 'onFlag' },
    { where: '--budget-tokens', field: 'budgetTokens' },
    { where: '--budget', field: 'budgetUsd' },
    { where: '--rpm', field: 'requestsPerMinute' },
    { where: 'budgetUsd: Expected number', field: 'budgetUsd' },
    { where: 'dataset', field: 'dataset' },
    { where: 'data/a.json, row 7', field: undefined },
    { where: 'constructor', field: undefined },
    { where: undefined, field: undefined },
  ])('$where is $field', ({ where, field }) => {
    expect(fieldOf(where)).toBe(field);
  });
});
