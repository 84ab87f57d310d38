import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.js';
import { readUserPrices } from '../../src/model/price-file.js';
import { temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
const GOOD = { inputUsdPerMTok: 0.1, outputUsdPerMTok: 0.4 };

function save(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

async function failure(env: Record<string, string>): Promise<UserError> {
  const error = await readUserPrices(env, folder).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) expect.fail(`no UserError: ${error}`);
  return error;
}

describe('the user’s own prices', () => {
  test.each([{}, { BURNISH_PRICES: '' }, { BURNISH_PRICES: '  ' }])(
    'are none without a file',
    async (env) => {
      expect(await readUserPrices(env, folder)).toEqual(new Map());
    },
  );

  test('are read from the file, from a relative path or an absolute one', async () => {
    const own = { 'qwen3:8b': GOOD, 'org/model': { ...GOOD, cachedInputUsdPerMTok: 0 } };
    const name = save('prices.json', `\uFEFF${JSON.stringify(own)}`);
    const expected = new Map(Object.entries(own));
    expect(await readUserPrices({ BURNISH_PRICES: name }, folder)).toEqual(expected);
    expect(await readUserPrices({ BURNISH_PRICES: join(folder, name) }, '/')).toEqual(expected);
  });

  test.each<[string, string, RegExp]>([
    ['a negative price', '{"m": {"inputUsdPerMTok": -1, "outputUsdPerMTok": 1}}', /m\.inputUsdPerMTok/],
    ['a price that is text', '{"m": {"inputUsdPerMTok": 1, "outputUsdPerMTok": "1"}}', /m\.outputUsdPerMTok/],
    ['a half', '{"m": {"inputUsdPerMTok": 1}}', /m\.outputUsdPerMTok/],
    [
      'a field that is misspelt',
      '{"m": {"inputUsdPerMTok": 1, "outputUsdPerMTok": 1, "cachedUsd": 1}}',
      /m: .*cachedUsd/,
    ],
    ['a list', '[]', /expected record/],
  ])('with %s are refused by name', async (_, text, found) => {
    const { code, facts } = await failure({ BURNISH_PRICES: save('bad.json', text) });
    expect(code).toBe('config');
    expect(facts.found).toMatch(found);
    expect(facts.where).toContain(join(folder, 'bad.json'));
  });

  test('that are no JSON are refused', async () => {
    const { code, facts } = await failure({ BURNISH_PRICES: save('text.json', 'gpt-4o: 1') });
    expect([code, facts.found]).toEqual(['config', '"gpt-4o: 1"']);
  });

  test('that are not there are refused', async () => {
    const { code, facts } = await failure({ BURNISH_PRICES: 'none.json' });
    expect(code).toBe('config');
    expect(facts.where).toContain(join(folder, 'none.json'));
    expect(facts.found).toContain('ENOENT');
  });
});
