import { describe, expect, test } from 'vitest';
import { find, words } from './find.js';

const ESSAY =
  'Bees carry pollen from flower to flower while they gather nectar. Without them orchards would bear little fruit, and gardens would lose many wild plants. Farmers hire hives in spring, because blossoms open for only a few days. Pesticides weaken colonies, mites spread disease among them, and meadows turn into parking lots. Towns can help with flowering verges, old trees and ponds. Schools plant borders, families leave a corner of the lawn unmown, and beekeepers teach children how a swarm lives through winter.';
const OTHER =
  'The essay should have a clear thesis and a good structure. It would benefit from examples and from better transitions, and the conclusion could be stronger. The tone is suitable for the audience.';

describe('content_lost, altogether', () => {
  test.each([
    ['a critique in the place of an essay', OTHER],
    [
      'another essay of the same length',
      'The guitar has six strings, and a player learns chords before scales. '.repeat(7),
    ],
  ])('flags %s', (_, text) => {
    expect(find('content_lost', text, { response: ESSAY })).toMatchObject([
      {
        severity: 'flag',
        message: expect.stringMatching(/^Hardly anything of the original response is left: \d+ % of/),
      },
    ]);
  });

  test.each([
    ['the same', ESSAY],
    [
      'a rewrite',
      'While gathering nectar, bees move pollen between flowers; fruit in orchards and many wild plants of our gardens depend on it. As blossoms open for days only, farmers hire hives each spring. Colonies suffer from pesticides, from mites that spread disease, and from meadows turned to asphalt. Towns, schools and families help: verges in flower, old trees, ponds, unmown corners, and beekeepers who teach children about the swarm in winter.',
    ],
    [
      'German in the place of English',
      'Die Bienen tragen den Pollen von Blüte zu Blüte, und die Gärten leben davon. '.repeat(6),
    ],
    [
      'Chinese in the place of English',
      '蜜蜂在采集花蜜的同时传播花粉。没有它们，果园几乎不会结果。'.repeat(6),
    ],
    ['nothing', ''],
  ])('is silent about %s', (_, text) => {
    expect(find('content_lost', text, { response: ESSAY })).toEqual([]);
  });

  test('is silent about texts too short to judge', () => {
    expect(
      find('content_lost', 'The sea is deep and cold.', {
        response: 'A mountain is high, and warm in the sun.',
      }),
    ).toEqual([]);
  });

  test('expects less of a text that is as long as the original', () => {
    const half = (own: number, other: number): string => `${words(own)} ${words(other, 'other')}`;
    const response = words(100);
    expect(find('content_lost', half(15, 60), { response })).toHaveLength(1);
    expect(find('content_lost', half(15, 70), { response })).toEqual([]);
    expect(find('content_lost', half(9, 91), { response })).toHaveLength(1);
    expect(find('content_lost', half(20, 30), { response })).toEqual([]);
  });

  test('only notes it where a short text is asked for', () => {
    const given = { response: ESSAY, instruction: 'Summarize the text about bees.' };
    expect(find('content_lost', OTHER, given)).toMatchObject([{ severity: 'note' }]);
  });

  test('does not miss the task that leaked into the original', () => {
    const response = `The sky is blue for the air scatters the light.\n\n9. Instruction: Write.\n9. Output: ${ESSAY}`;
    expect(find('content_lost', 'The air scatters blue light, so the sky is blue.', { response })).toEqual(
      [],
    );
  });

  test('knows content in other languages', () => {
    const german =
      'Die Biene trägt den Blütenstaub von Blume zu Blume. Ohne sie gäbe es kaum Obst in den Gärten und auf den Wiesen der Dörfer. '.repeat(
        4,
      );
    expect(find('content_lost', german.replaceAll('kaum', 'wenig'), { response: german })).toEqual([]);
    const critique =
      'Die Antwort ist zu kurz und hat keine Gliederung. Es fehlen Beispiele, und der Schluss überzeugt nicht von der These.';
    expect(find('content_lost', critique, { response: german })).toMatchObject([{ severity: 'flag' }]);
    const chinese =
      '蜜蜂在采集花蜜的同时把花粉从一朵花带到另一朵花。没有它们，果园几乎不会结果，花园也会失去许多野生植物。'.repeat(
        2,
      );
    expect(find('content_lost', chinese.slice(3), { response: chinese })).toEqual([]);
    expect(
      find('content_lost', '这个回答的结构不够清楚，应该增加例子和的结论。', { response: chinese }),
    ).toMatchObject([{ severity: 'flag' }]);
  });
});

describe('content_lost, in detail', () => {
  /** A text long enough that details can go while most of it stays. */
  const frame = (details: string): string => `${ESSAY}\n\n${details}`;
  const first = (share: number): string => ESSAY.slice(0, ESSAY.length * share);

  test.each([
    [
      'numbers',
      'In 1962 there were 312 hives, in 2004 only 87.',
      /^4 of 4 numbers of the original are gone: "1962", "312", "2004" and others\.$/,
    ],
    [
      'names',
      'Our club met Ada King of London, then Karl Frisch, and at last Jan Swammerdam.',
      /^4 of 4 names of the original are gone/,
    ],
    [
      'links',
      'See https://bees.example for more.',
      /^1 of 1 link of the original is gone: "https:\/\/bees.example"\.$/,
    ],
    [
      'list items',
      '- Sugar syrup\n- Wax foundation\n- Smoker\n- Veil',
      /^4 of 4 list items of the original are gone/,
    ],
  ])('notes %s that are gone from a text of the same length', (_, details, message) => {
    const [finding, ...more] = find('content_lost', frame(words(9)), { response: frame(details) });
    expect(more).toEqual([]);
    expect(finding?.severity).toBe('note');
    expect(finding?.message).toMatch(message);
  });

  test.each([
    ['numbers', 'In 1962 there were 312 hives, in 2004 only 87.', 'flag'],
    ['list items', '- Sugar syrup\n- Wax foundation\n- Smoker\n- Veil', 'flag'],
    ['links', 'See https://bees.example for more.', 'note'],
  ])('takes %s that are gone from a much shorter text more seriously', (_, details, severity) => {
    expect(find('content_lost', first(0.6), { response: frame(details) })).toMatchObject([{ severity }]);
  });

  test.each([
    ['two details of one kind', 'In 1962 there were 312 hives.', ''],
    ['the smaller part of them', 'In 1962, 1963, 1964, 1965 and 1966.', 'In 1962, 1963 and 1964.'],
    [
      'items in other words and another order',
      '- Buy sugar syrup\n- Buy wax\n- Light the smoker',
      'Light your smoker; then sugar syrup and wax.',
    ],
    ['the numbers of a list', '1. Syrup\n2. Wax\n3. Smoker\n4. Veil', '- Syrup\n- Wax\n- Smoker\n- Veil'],
    ['the names of verses', 'Verse 1:\nVerse 2:\nVerse 3:\nVerse 4:', ''],
  ])('is silent about %s', (_, before, after) => {
    expect(find('content_lost', frame(after), { response: frame(before) })).toEqual([]);
  });

  test('lets items go where there were more than asked for', () => {
    const items = ['Sugar syrup', 'Wax foundation', 'Smoker', 'Veil', 'Gloves', 'Boots', 'Feeder'];
    const list = (count: number): string =>
      items
        .slice(0, count)
        .map((item) => `- ${item}`)
        .join('\n');
    const given = { response: frame(list(7)), instruction: 'Name three things that a beekeeper needs.' };
    expect(find('content_lost', frame(list(3)), given)).toEqual([]);
    expect(find('content_lost', frame(list(2)), given)).toHaveLength(1);
  });
});
