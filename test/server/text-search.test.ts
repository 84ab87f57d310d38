import { describe, expect, test, vi } from 'vitest';
import { TextSearch } from '../../src/server/text-search.js';

/** Records of one text each. */
function searchIn(texts: string[]) {
  const textsAt = vi.fn((place: number) => [`id ${place}`, texts[place] ?? '']);
  const search = new TextSearch(texts.length, textsAt);
  const placesOf = (text: string) => [...texts.keys()].filter(search.holds(text));
  return { search, textsAt, placesOf };
}

describe('a search', () => {
  test('finds where a text stands, in any case, in any of the texts', () => {
    const { placesOf } = searchIn(['Bees make honey.', 'Ants do not.', 'HONEY is sweet.']);
    expect(placesOf('honey')).toEqual([0, 2]);
    expect(placesOf('ID 1')).toEqual([1]);
    expect(placesOf('wasps')).toEqual([]);
  });

  test('looks at no record twice for the same text, until the record changes', async () => {
    const texts = ['Bees.', 'Ants.', 'Wasps.'];
    const { search, textsAt, placesOf } = searchIn(texts);
    await search.find('ants');
    expect(placesOf('ants')).toEqual([1]);
    expect(textsAt).toHaveBeenCalledTimes(3);
    texts[2] = 'Ants, too.';
    search.forget([2]);
    expect(placesOf('ants')).toEqual([1, 2]);
    expect(textsAt).toHaveBeenCalledTimes(4);
  });

  test('takes in what changes while it looks', async () => {
    const texts = Array.from({ length: 3 }, () => 'Bees.');
    const { search, textsAt, placesOf } = searchIn(texts);
    // The first record takes so long that others get their turn after it.
    textsAt.mockImplementationOnce(() => {
      const endMs = performance.now() + 12;
      while (performance.now() < endMs);
      return ['Bees.'];
    });
    const finding = search.find('ants');
    expect(textsAt).toHaveBeenCalledTimes(1);
    texts.fill('Ants.');
    search.forget([0, 1, 2]);
    await finding;
    expect(placesOf('ants')).toEqual([0, 1, 2]);
  });

  test('remembers only the texts searched for last', async () => {
    const { search, textsAt } = searchIn(['Bees.']);
    await search.find('first');
    for (let number = 0; number < 60; number++) await search.find(`text ${number}`);
    textsAt.mockClear();
    await search.find('text 59');
    expect(textsAt).not.toHaveBeenCalled();
    await search.find('first');
    expect(textsAt).toHaveBeenCalledTimes(1);
  });
});
