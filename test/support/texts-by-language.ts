/** The same two sentences in many languages, by ISO 639-1 code. */
export const TEXTS = {
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
export type LanguageCode = keyof typeof TEXTS;
export const CODES = Object.keys(TEXTS) as LanguageCode[];

/** The scripts of those that are not in Latin letters. */
export const SCRIPTS: Partial<Record<LanguageCode, string>> = {
  ...{ ru: 'Cyrillic', uk: 'Cyrillic', ar: 'Arabic', zh: 'Chinese', ja: 'Japanese' },
  ...{ ko: 'Korean', hi: 'Devanagari', el: 'Greek' },
};
