import { describe, expect, test } from 'vitest';
import { find, pointedAt, words } from './find.js';

/** A text of some length around what is looked at. */
const within = (blank: string): string => `${words(30)}\n${blank}\n${words(30, 'other')}`;

describe('placeholder', () => {
  test.each([
    '[Your Name]',
    '[Company Name]',
    '[insert date]',
    '[Date]',
    '[specific dates of the trip]',
    '[number of guests]',
    '[Nombre de la empresa]',
    '[Votre nom]',
    '[您的姓名]',
    '<your name>',
    '<company name>',
    '{{ first_name }}',
    '{Your Company}',
    'XXXX',
    'XXX-XXX-XXXX',
    'TBD',
  ])('notes %s', (blank) => {
    const text = within(blank);
    const [finding, ...more] = find('placeholder', text);
    expect(more).toEqual([]);
    expect(finding?.severity).toBe('note');
    expect(pointedAt(text, finding)).toBe(blank);
  });

  test.each(['[Insert poem here]', '[Add the content of the story]', 'Lorem ipsum'])(
    'flags %s, which stands for the work itself',
    (blank) => {
      expect(find('placeholder', within(blank))).toMatchObject([{ severity: 'flag' }]);
      const given = { instruction: 'Make a template for a web page.' };
      expect(find('placeholder', within(blank), given)).toMatchObject([{ severity: 'note' }]);
    },
  );

  test('flags a text of which a good part are blanks, unless they belong there', () => {
    const text = 'My name is [Your Name] and I live in [Your City]. I work for [Company Name] and like it.';
    const severities = (instruction: string): string[] =>
      find('placeholder', text, { instruction }).map(({ severity }) => severity);
    expect(severities('Tell of your life.')).toEqual(['flag', 'flag', 'flag']);
    expect(severities('Write a letter of application.')).toEqual(['note', 'note', 'note']);
    const mostly = `${text} ${words(60)}`;
    expect(find('placeholder', mostly).map(({ severity }) => severity)).toEqual(['note', 'note', 'note']);
    expect(find('placeholder', 'I am [Your Name], [Company Name].')).toMatchObject([
      { severity: 'note' },
      { severity: 'note' },
    ]);
  });

  test('names each blank once', () => {
    expect(find('placeholder', within('[Your Name] and [your name] of [Company]'))).toHaveLength(2);
  });

  test.each(['instruction', 'input', 'response'] as const)('is silent about a blank of the %s', (field) => {
    const given = { response: 'x', [field]: 'Dear [your name],' };
    expect(find('placeholder', within('Dear [Your Name],'), given)).toEqual([]);
  });

  test.each([
    '[Chorus]',
    '[Verse 2]',
    '[He enters, laughing]',
    '[1]',
    '[sic]',
    '[x] done',
    '[Smith, 1999]',
    'list[number]',
    'row["name"]',
    '[name](https://example.org)',
    '[link text](https://example.org)',
    '<name>Ada</name>',
    "f'{name} is here'",
    '#{title}',
    'Super Bowl XXX',
    'XOXO',
    'a -> [b, c]',
    '[[1, 2], [3, 4]]',
  ])('is silent about %s', (text) => {
    expect(find('placeholder', within(text))).toEqual([]);
  });
});
