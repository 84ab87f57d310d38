import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { shorten, UserError } from '../errors.js';
import { describeIssues } from '../zod-issues.js';
import type { UserPrices } from './prices.js';

const usdPerMTok = z.number().nonnegative();

const priceFileSchema = z.record(
  z.string(),
  z.strictObject({
    inputUsdPerMTok: usdPerMTok,
    outputUsdPerMTok: usdPerMTok,
    cachedInputUsdPerMTok: usdPerMTok.exactOptional(),
  }),
);

const EXPECTED =
  '{"MODEL": {"inputUsdPerMTok": 0.1, "outputUsdPerMTok": 0.4}}, US dollars for a million tokens; for cached input also "cachedInputUsdPerMTok"';

/**
 * The user's own prices, from the file that the environment variable BURNISH_PRICES names; none when it is not set.
 *
 * @param folder where a relative path begins
 * @throws UserError `config` when the file cannot be read or is not as it should be
 */
export async function readUserPrices(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<UserPrices> {
  const name = env.BURNISH_PRICES?.trim();
  if (name === undefined || name === '') return new Map();
  const where = `${resolve(folder, name)}, named by BURNISH_PRICES`;
  const prices = priceFileSchema.safeParse(parseJson(await readText(resolve(folder, name), where), where));
  if (prices.success) return new Map(Object.entries(prices.data));
  throw new UserError('config', 'The file of prices is not as it should be.', {
    where,
    expected: EXPECTED,
    found: describeIssues(prices.error),
  });
}

async function readText(path: string, where: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const facts = { where, found, hint: 'Mend the path in BURNISH_PRICES, or unset it' };
    throw new UserError('config', 'The file of prices cannot be read.', facts, { cause: error });
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    // Some editors put a byte-order mark first, which is no JSON.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const facts = { where, expected: EXPECTED, found: shorten(text) };
    throw new UserError('config', 'The file of prices is no JSON.', facts, { cause: error });
  }
}
