import { describe, expect, test } from 'vitest';
import { CODES, SCRIPTS, TEXTS } from '../support/texts-by-language.js';
import { findIn } from './find.js';
import type { Case } from './subject.js';

const findings = (given: Case) => findIn('language_changed', { format: 'plain', ...given });

describe('language_changed', () => {
  const pairs = CODES.flatMap((before) => CODES.map((now) => [before, now] as const));

  test.each(pairs.filter(([before, now]) => before !== now && before !== 'en'))(
    'fails an answer to a task in %s that came in %s',
    (before, now) => {
      const instruction = TEXTS[before];
      const [finding, ...others] = findings({ instruction, response: TEXTS[before], raw: TEXTS[now] });
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ severity: 'fail', start: null });
      expect(finding?.message).toContain(
        `than the original (${SCRIPTS[before] && !['ru', 'uk', 'ar'].includes(before) ? SCRIPTS[before] : before}`,
      );
    },
  );

  test.each(CODES)('lets an answer in %s stay in it', (code) => {
    expect(
      findings({ instruction: 'Go.', response: TEXTS[code], raw: `${TEXTS[code]} ${TEXTS[code]}` }),
    ).toEqual([]);
  });

  test.each([
    ['it was asked for', 'Explain tides in German.', TEXTS.en, TEXTS.de],
    ['the language is up to the writer', 'Translate this text into another language.', TEXTS.fr, TEXTS.de],
    ['the task is a translation in another language', 'Traduce este texto.', TEXTS.en, TEXTS.fr],
    ['one of the texts is short', 'Go.', 'Ja.', TEXTS.en],
    ['there is a word of another script', 'Go.', TEXTS.en, `${TEXTS.en} The Chinese word is 潮汐.`],
    [
      'there is another script in the original',
      'Go.',
      `${TEXTS.en} ${TEXTS.zh}`,
      `${TEXTS.en} ${TEXTS.zh.slice(0, 40)}`,
    ],
    [
      'code is what is foreign',
      'Напиши код.',
      TEXTS.ru,
      `${TEXTS.ru}\n\n\`\`\`python\n${'the_tide = of_the_sea and is in it\n'.repeat(30)}\`\`\``,
    ],
  ])('is silent where %s', (_, instruction, response, raw) => {
    expect(findings({ instruction, response, raw })).toEqual([]);
  });

  test('flags where the task is too short to tell its language', () => {
    const given = { instruction: 'Gezeiten erklären.', response: TEXTS.de, raw: TEXTS.en };
    expect(findings(given)).toMatchObject([{ severity: 'flag' }]);
  });

  test('flags a translation that is no longer there', () => {
    const given = { instruction: 'Translate the text into French.', response: TEXTS.fr, raw: TEXTS.en };
    expect(findings(given)).toMatchObject([{ severity: 'flag' }]);
  });

  test('notes an answer that came back to the language of its task', () => {
    const given = {
      instruction: 'Why does the tide come in twice a day?',
      response: TEXTS.de,
      raw: TEXTS.en,
    };
    expect(findings(given)).toMatchObject([{ severity: 'note' }]);
  });

  test('flags a text that falls into another script half-way', () => {
    const raw = `${TEXTS.en} ${TEXTS.zh.slice(0, 40)}`;
    const [finding] = findings({ instruction: 'Go.', response: TEXTS.en, raw });
    expect(finding).toMatchObject({ severity: 'flag', message: expect.stringContaining('(Chinese)') });
    expect(findings({ instruction: 'Name it in Chinese.', response: TEXTS.en, raw })).toEqual([]);
  });
});
