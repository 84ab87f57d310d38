import { describe, expect, test } from 'vitest';
import { runChecks } from '../../src/checks/index.js';
import { identifyLanguage } from '../../src/text/language.js';
import { type Case, subjectOf } from './subject.js';

const findings = (given: Case) =>
  runChecks(subjectOf({ format: 'plain', ...given })).filter(({ check }) => check === 'language_changed');

const TEXTS = {
  en: 'The tide comes in twice a day because the moon pulls on the sea. When it is high, the boats can leave the harbour, and when it is low they have to wait for the water.',
  de: 'Die Flut kommt zweimal am Tag, weil der Mond das Meer anzieht. Wenn sie hoch ist, können die Boote den Hafen verlassen, und bei Ebbe müssen sie auf das Wasser warten.',
  fr: 'La marée monte deux fois par jour, parce que la lune attire la mer. Quand elle est haute, les bateaux peuvent quitter le port, et quand elle est basse ils doivent attendre.',
  es: 'La marea sube dos veces al día porque la luna atrae el mar. Cuando está alta, los barcos pueden salir del puerto, y cuando está baja tienen que esperar a que vuelva el agua.',
  it: 'La marea sale due volte al giorno perché la luna attira il mare. Quando è alta le barche possono lasciare il porto, e quando è bassa devono aspettare che torni l’acqua.',
  pt: 'A maré sobe duas vezes por dia porque a lua atrai o mar. Quando está alta, os barcos podem sair do porto, e quando está baixa eles têm de esperar até que a água volte.',
  nl: 'Het tij komt twee keer per dag op omdat de maan aan de zee trekt. Als het hoog is kunnen de boten de haven uit, en als het laag is moeten ze op het water wachten.',
  sv: 'Tidvattnet kommer två gånger om dagen eftersom månen drar i havet. När det är högt kan båtarna lämna hamnen, och när det är lågt måste de vänta på att vattnet ska komma.',
  pl: 'Przypływ przychodzi dwa razy dziennie, ponieważ księżyc przyciąga morze. Gdy woda jest wysoka, łodzie mogą wypłynąć z portu, a gdy jest niska, muszą na nią czekać, bo nie ma jej tam.',
  tr: 'Gelgit günde iki kez olur çünkü ay denizi çeker. Su yüksek olduğu zaman tekneler limandan çıkabilir, ama alçak ise suyun geri gelmesi için daha çok beklemek gerekir ve bu böyle olur.',
  ru: 'Прилив бывает два раза в день, потому что луна притягивает море. Когда вода высокая, лодки могут выйти из гавани, а когда она низкая, они ждут, и так было всегда.',
  uk: 'Приплив буває двічі на день, бо місяць притягує море. Коли вода висока, човни можуть вийти з гавані, а коли вона низька, вони чекають, і так було завжди, як і тепер.',
  ar: 'يأتي المد مرتين في اليوم لأن القمر يجذب البحر. عندما يكون الماء عاليا تستطيع القوارب أن تخرج من الميناء، وإذا كان منخفضا فعليها أن تنتظر حتى يعود الماء إلى ما كان عليه.',
  zh: '潮水每天涨落两次，因为月亮吸引着海水。水位高的时候，船只可以离开港口；水位低的时候，它们必须等待潮水再次上涨。许多渔民都会按照潮汐表安排一天的工作。',
  ja: '潮は一日に二回満ち引きします。月が海を引っ張るからです。水位が高いとき、船は港を出ることができますが、低いときは水が戻るまで待たなければなりません。',
  ko: '조수는 하루에 두 번 들어옵니다. 달이 바다를 끌어당기기 때문입니다. 물이 높을 때 배는 항구를 떠날 수 있고, 낮을 때는 물이 돌아올 때까지 기다려야 합니다.',
  hi: 'ज्वार दिन में दो बार आता है क्योंकि चंद्रमा समुद्र को खींचता है। जब पानी ऊँचा होता है तब नावें बंदरगाह से निकल सकती हैं, और जब नीचा होता है तब उन्हें रुकना पड़ता है।',
  el: 'Η παλίρροια έρχεται δύο φορές την ημέρα επειδή το φεγγάρι τραβάει τη θάλασσα. Όταν είναι ψηλά, οι βάρκες μπορούν να φύγουν από το λιμάνι.',
} as const;
type Code = keyof typeof TEXTS;
const CODES = Object.keys(TEXTS) as Code[];
const SCRIPTS: Partial<Record<Code, string>> = {
  ...{ ru: 'Cyrillic', uk: 'Cyrillic', ar: 'Arabic', zh: 'Chinese', ja: 'Japanese' },
  ...{ ko: 'Korean', hi: 'Devanagari', el: 'Greek' },
};

describe('identifyLanguage', () => {
  test.each(CODES)('tells what %s is written in', (code) => {
    const { script, languages } = identifyLanguage(TEXTS[code]);
    expect(script).toBe(SCRIPTS[code] ?? 'Latin');
    if (!['zh', 'ja', 'ko', 'hi', 'el'].includes(code)) expect(languages[0]).toBe(code);
  });

  test.each([
    ['a short text', 'The tide comes in.'],
    [
      'names',
      'Ada, Bo, Cem, Dov, Eli, Flo, Gus, Hal, Ivo, Jan, Kai, Leo, Max, Noa, Ole, Pia, Quy, Ria, Sam, Tom, Uli, Vic',
    ],
    [
      'one word over and over',
      'Say the Ada, the Bo, the Cem, the Dov, the Eli, the Flo, the Gus, the Hal, the Ivo, the Jan, the Kai.',
    ],
    ['a formula', 'a + b = b + a, and a * (b + c) = a * b + a * c '.repeat(8)],
    [
      'another language',
      'Laip gimsta laisvi žmonės su savo orumu ir teisėmis, jiems suteiktas protas ir sąžinė, todėl jie turi elgtis vienas kito atžvilgiu kaip broliai, sako jie.',
    ],
  ])('does not tell the language of %s', (_, text) => {
    expect(identifyLanguage(text).languages).toEqual([]);
  });

  test('takes Chinese letters with some kana for Japanese', () => {
    const text =
      '東京湾潮汐予報：満潮午前六時十分、干潮午後零時三十分。港湾管理事務所発表の資料による。船舶は注意のこと。';
    expect(identifyLanguage(text).script).toBe('Japanese');
  });

  test('does not tell the script of a few letters, nor of a mixture', () => {
    expect(identifyLanguage('Tide 4.').script).toBeNull();
    expect(identifyLanguage(`${TEXTS.ru} ${TEXTS.en}`).script).toBeNull();
  });
});

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
