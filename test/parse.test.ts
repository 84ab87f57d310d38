import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ParsedReply, parseReply, wholeReply } from '../src/parse.js';

const TIDES = `Tides rise and fall because the Moon pulls on the near side of the Earth more strongly than on the far side.

- Spring tides come with a new or full Moon.
- Neap tides come between them.`;

function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/replies/${name}.txt`, import.meta.url), 'utf8');
}

function candidateOf(raw: string): string | null {
  return parseReply(raw, 'better-answer').candidate;
}

/** A reproducible random source (a linear congruential generator), so that a failure can be repeated. */
function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

function pick<T>(random: (below: number) => number, from: readonly T[]): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

describe('recorded replies', () => {
  const plainEnd = { candidate: TIDES, reason: null, ended: true, answers: 1, after: '' };
  const table: Record<string, Partial<ParsedReply>> = {
    'well-formed': {
      ...plainEnd,
      critique: 'The response names the Moon but leaves out the Sun, and it has no structure.',
      reasoning: '',
    },
    'decorated-markers': { ...plainEnd, critique: '## Critique\n\nToo short to be of use.' },
    'same-line-markers': { ...plainEnd, critique: 'Correct, but thin.' },
    'one-line': {
      candidate: 'The sky is blue because air scatters short waves most.',
      critique: 'The response is too brief. I will add the reason.',
      ended: true,
      after: 'I hope this helps.',
    },
    'mention-in-critique': plainEnd,
    'lone-end-inside': {
      candidate:
        'Every file of this kind closes with one line:\n\n[End]\n\nWithout it the reader waits for more.',
      answers: 1,
      after: '',
    },
    'several-answers': { ...plainEnd, answers: 2 },
    'abandoned-start': plainEnd,
    'second-answer-cut': {
      ...plainEnd,
      after: 'An even better one:\n\n[Better Answer]\nTides rise and',
    },
    'thinking-first': {
      ...plainEnd,
      critique: 'Thin, and without a list.',
      reasoning: 'A draft:\n[Better Answer]\ndraft\n[End]\n\nGood.',
    },
    'thinking-without-opening-tag': {
      ...plainEnd,
      critique: 'Thin.',
      reasoning: 'So the user wants a better text about tides.',
    },
    'thinking-never-ends': {
      candidate: null,
      span: null,
      reason: 'reasoning_unclosed',
      reasoning: 'The response is thin. [Better Answer]\nTides\n[End]',
    },
    'fenced-whole': { ...plainEnd, critique: 'Thin.' },
    'fenced-whole-no-end': { candidate: TIDES, ended: false, critique: '' },
    'no-end-marker': { candidate: TIDES, reason: null, ended: false, answers: 0, after: '' },
    'no-marker': {
      candidate: null,
      reason: 'no_marker',
      critique: `Thin. Here is a better text:\n\n${TIDES}\n\n[End]`,
      answers: 0,
    },
    'text-after-end': { ...plainEnd, after: 'I added a list of the two kinds of tide.' },
    crlf: { ...plainEnd, candidate: TIDES.replaceAll('\n', '\r\n') },
  };

  test.each(Object.entries(table))('%s', (name, expected) => {
    const raw = fixture(name);
    const parsed = parseReply(raw, 'better-answer');
    expect(parsed).toMatchObject(expected);
    if (parsed.span) expect(raw.slice(parsed.span.start, parsed.span.end)).toBe(parsed.candidate);
  });

  test('an article that shows the markers in a code block survives intact', () => {
    const candidate = candidateOf(fixture('article-about-the-format'));
    expect(candidate).toMatch(/^Ask the model/);
    expect(candidate).toContain('```\n[Better Answer]\nthe text\n[End]\n```');
    expect(candidate).toMatch(/the word End does not\.$/);
  });

  test('the word End, in whatever company, ends nothing', () => {
    const candidate = candidateOf(fixture('words-that-begin-with-end'));
    expect(candidate).toMatch(/^The Endless Road/);
    expect(candidate).toMatch(/The End\nEnd\n\(End of chapter one\.\)$/);
  });
});

describe('spellings of the markers', () => {
  test.each([
    '[Better Answer]',
    '[better answer]',
    '[BETTER ANSWER]:',
    '  [Better Answer]  ',
    '[ Better  Answer ]',
    '[Better Answer:]',
    '[Better_Answer]',
    '\\[Better Answer\\]',
    '**[Better Answer]**',
    '**[Better Answer]:**',
    '**[Better Answer]**:',
    '*[Better Answer]*',
    '[**Better Answer**]',
    '### [Better Answer]',
    '> [Better Answer]',
    '- [Better Answer]',
    '`[Better Answer]`',
    '"[Better Answer]"',
    '“[Better Answer]”',
    '--- [Better Answer] ---',
  ])('%j opens an answer, alone on its line', (opener) => {
    expect(parseReply(`Thin.\n\n${opener}\nBetter.\n[End]`, 'better-answer')).toMatchObject({
      candidate: 'Better.',
      critique: 'Thin.',
      ended: true,
    });
  });

  test.each([
    ['[Better Answer] Better.', 'Better.'],
    ['[Better Answer]: Better.', 'Better.'],
    ['**[Better Answer]** Better.', 'Better.'],
    ['**[Better Answer]:** Better.', 'Better.'],
    ['[Better Answer] **Better.**', '**Better.**'],
    ['[Better Answer]**Better.**', '**Better.**'],
    ['[Better Answer] "Better," he said.', '"Better," he said.'],
  ])('in %j only the marker and its own decoration are left out', (opening, expected) => {
    expect(candidateOf(`Thin.\n${opening}\n[End]`)).toBe(expected);
  });

  test.each([
    '[End]',
    '[END]',
    '[ end ]',
    '**[End]**',
    '> [End]',
    '`[End]`',
    '### [End]',
    '[End]:',
    '[/Better Answer]',
    '[/End]',
    '[End]\n[End]',
    '[/Better Answer]\n\n[End]',
  ])('%j closes an answer', (closer) => {
    expect(parseReply(`[Better Answer]\nBetter.\n${closer}\n`, 'better-answer')).toMatchObject({
      candidate: 'Better.',
      ended: true,
      answers: 1,
      after: '',
    });
  });

  test.each([
    'End',
    'The End',
    '[Endless]',
    '[End of Better Answer]',
    '[End.]',
    'return items[end]',
    '(end)',
  ])('%j closes nothing', (line) => {
    const parsed = parseReply(`[Better Answer]\nBetter.\n${line}`, 'better-answer');
    expect(parsed).toMatchObject({ candidate: `Better.\n${line}`, ended: false });
  });
});

describe('where markers count', () => {
  test.each<[string, string, string | null]>([
    ['a closer at the end of a line', '[Better Answer]\nBetter. [End]', 'Better.'],
    ['a bold closer at the end of a line', '[Better Answer]\n**Better.** **[End]**', '**Better.**'],
    ['a closer that leads a line, when there is no other', '[Better Answer]\nBetter.\n[End] Bye.', 'Better.'],
    [
      'no closer inside a line of text',
      '[Better Answer]\nWrite [End] when done. Use [End] once.\nGood.',
      'Write [End] when done. Use [End] once.\nGood.',
    ],
    [
      'no closer inside a later line than the opener, even after a sentence',
      '[Better Answer]\nBetter.\nThen stop. [End] is not sent.',
      'Better.\nThen stop. [End] is not sent.',
    ],
    ['no opener after a bare word', 'It goes between [Better Answer] and [End]. The sky is blue.', null],
    [
      'an opener after a sentence, when none leads a line',
      'Thin. Here it is: [Better Answer]\nBetter.\n[End]',
      'Better.',
    ],
    [
      'the real opener after a mention in the same line',
      'It goes between [Better Answer] and [End]. [Better Answer] Better. [End]',
      'Better.',
    ],
    [
      'no second opener with text behind it once one stood alone',
      '[Better Answer]\nThe markers are these.\n[Better Answer] opens.\n[End]',
      'The markers are these.\n[Better Answer] opens.',
    ],
    [
      'the outer pair of two nested ones',
      '[Better Answer]\nBefore\n[Better Answer]\ninner\n[End]\nafter\n[End]',
      'Before\n[Better Answer]\ninner\n[End]\nafter',
    ],
    [
      'each of two nested pairs in a row as text of the last answer',
      '[Better Answer]\none\n[End]\n[Better Answer]\n[Better Answer]\na\n[End]\n[Better Answer]\nb\n[End]\n.\n[End]',
      '[Better Answer]\na\n[End]\n[Better Answer]\nb\n[End]\n.',
    ],
    ['the last of several openers that nothing closes', '[Better Answer]\nA\n[Better Answer]\nB', 'B'],
    ['an empty answer', '[Better Answer]\n\n[End]', ''],
    ['an empty answer on one line', '[Better Answer][End]', ''],
    ['nothing in an empty reply', '', null],
    ['no closer before the opener', '[End]\nThin.\n[Better Answer]\nBetter.', 'Better.'],
    [
      'a closer that leads a line, though another stood alone before the opener',
      '[End]\nThin.\n[Better Answer]\nBetter.\n[End] Bye.',
      'Better.',
    ],
    [
      'no closer behind later text, unless it is alone on its line',
      '[Better Answer]\nBetter.\n[End]\nThat is all. [End]',
      'Better.',
    ],
  ])('%s', (_title, raw, expected) => {
    expect(candidateOf(raw)).toBe(expected);
  });
});

describe('reasoning', () => {
  test.each(['think', 'thinking', 'reasoning', 'THINK'])('a leading <%s> block is set aside', (tag) => {
    const raw = `\n<${tag}>[Better Answer]\nno\n[End]</${tag}>[Better Answer]\nyes\n[End]`;
    expect(parseReply(raw, 'better-answer')).toMatchObject({
      candidate: 'yes',
      reasoning: '[Better Answer]\nno\n[End]',
    });
  });

  test('a think tag inside the answer is text', () => {
    expect(candidateOf('Thin.\n[Better Answer]\nUse <think>a</think> or </think>.\n[End]')).toBe(
      'Use <think>a</think> or </think>.',
    );
  });

  test('that stands in front of a reply without an answer is no part of the critique', () => {
    expect(parseReply('<think>Hm.</think>Thin.', 'better-answer')).toMatchObject({
      critique: 'Thin.',
      reasoning: 'Hm.',
    });
  });

  test('that never ends leaves nothing else', () => {
    expect(parseReply('<think>Hm.', 'better-answer')).toEqual({
      format: 'better-answer',
      ...{ candidate: null, reason: 'reasoning_unclosed', span: null },
      ...{ critique: '', reasoning: 'Hm.', after: '', ended: false, answers: 0 },
    });
  });

  test('a block that is not at the start of the reply is no reasoning', () => {
    const parsed = parseReply('Thin. <think>x</think>\n[Better Answer]\nyes\n[End]', 'better-answer');
    expect(parsed).toMatchObject({ reasoning: '', critique: 'Thin. <think>x</think>', candidate: 'yes' });
  });
});

describe('code fences around the reply', () => {
  test('a fence that opens right before the answer closes outside it', () => {
    expect(
      parseReply('Thin.\n\n```\n[Better Answer]\nBetter.\n[End]\n```\nBye.', 'better-answer'),
    ).toMatchObject({
      candidate: 'Better.',
      critique: 'Thin.',
      after: 'Bye.',
    });
  });

  test('code blocks of the answer and of the critique are kept', () => {
    const code = '```js\nlet a;\n```';
    const parsed = parseReply(`Bad:\n${code}\n[Better Answer]\nUse\n${code}\n`, 'better-answer');
    expect(parsed).toMatchObject({ candidate: `Use\n${code}`, critique: `Bad:\n${code}` });
  });

  test.each([
    ['with a language', 'Thin.\n```md', '```'],
    ['of tildes', 'Thin.\n~~~', '~~~'],
    ['that is indented', 'Thin.\n  ```', '  ```'],
  ])('a fence %s is left out on both sides', (_, opening, closing) => {
    const raw = `${opening}\n[Better Answer]\nBetter.\n[End]\n${closing}\nBye.`;
    expect(parseReply(raw, 'better-answer')).toMatchObject({
      ...{ candidate: 'Better.', critique: 'Thin.', after: 'Bye.' },
    });
  });

  test.each(['Thin: ```', '```a``` is thin.', '~ thin'])('%j opens none', (critique) => {
    const raw = `${critique}\n[Better Answer]\nBetter.\n[End]\n\`\`\`\nBye.`;
    expect(parseReply(raw, 'better-answer')).toMatchObject({ critique, after: '```\nBye.' });
  });

  test.each(['Thin, see ```', '```a``` is thin.', '~ thin'])(
    'in a fenced reply, %j is critique',
    (critique) => {
      const raw = `\`\`\`\n${critique}\n[Better Answer]\nBetter.\n[End]\n\`\`\`\nBye.`;
      expect(parseReply(raw, 'better-answer')).toMatchObject({
        candidate: 'Better.',
        critique,
        after: 'Bye.',
      });
    },
  );

  test.each(['Bye.\n```\nx', '~ bye'])('in a fenced reply, %j is text after the answer', (after) => {
    const raw = `\`\`\`\n[Better Answer]\nBetter.\n[End]\n${after}`;
    expect(parseReply(raw, 'better-answer').after).toBe(after);
  });

  test('an answer that was cut off where it opened a code block keeps the fence', () => {
    expect(candidateOf('Thin.\n[Better Answer]\nUse\n```js')).toBe('Use\n```js');
  });

  test('an answer that was cut off inside a whole-reply fence keeps its own code block', () => {
    expect(candidateOf('```\n[Better Answer]\nUse\n```js\nlet a;\n```')).toBe('Use\n```js\nlet a;\n```');
  });
});

describe('the plain format', () => {
  test.each([
    ['  The sky is blue.\n', 'The sky is blue.', ''],
    ['<think>Hm.</think>\nThe sky is blue.', 'The sky is blue.', 'Hm.'],
    ['Hm.\n</think>\n\nThe sky is blue.', 'The sky is blue.', 'Hm.'],
    ['Close it with </think> at once.', 'Close it with </think> at once.', ''],
    ['Thin.\n[Better Answer]\nBlue.\n[End]', 'Thin.\n[Better Answer]\nBlue.\n[End]', ''],
    ['```js\nlet a;\n```', '```js\nlet a;\n```', ''],
  ])('%j is the response whole, but for reasoning', (raw, candidate, reasoning) => {
    const parsed = parseReply(raw, 'plain');
    expect(parsed).toMatchObject({ format: 'plain', candidate, reasoning, critique: '', ended: false });
    expect(raw.slice(parsed.span?.start, parsed.span?.end)).toBe(candidate);
  });

  test('reasoning that never ends leaves no candidate', () => {
    expect(parseReply('<think>Hm.', 'plain')).toMatchObject({
      candidate: null,
      reason: 'reasoning_unclosed',
    });
  });

  test('a text that is no reply is taken whole, think blocks and all', () => {
    expect(wholeReply('<think>a</think> b\n')).toEqual({
      format: 'plain',
      ...{ candidate: '<think>a</think> b', reason: null, span: { start: 0, end: 18 } },
      ...{ critique: '', reasoning: '', after: '', ended: false, answers: 1 },
    });
  });
});

describe('any text', { tags: 'stress' }, () => {
  const PIECES = [
    'End',
    'The End',
    '[Endless]',
    'better answer',
    '[',
    ']',
    '[[',
    '```',
    '~~~',
    '```js',
    '<think>',
    '</think>',
    '**',
    '# ',
    '> ',
    '- ',
    ':',
    '"',
    '.',
    ' ',
    '\t',
    '\n',
    '\n\n',
    '\r\n',
    'word',
    'é',
    '🙂',
    '\u2028',
    '\\',
    '$&',
  ];
  const SPELT_BY_CHANCE = /\[[ \t*]*(?:end|better answer)[ \t*:]*\\?\]/i;
  const MARKERS = ['[Better Answer]', '[End]', '[/Better Answer]', '**[End]**', '> [better answer]:', '\n'];

  function randomText(random: (below: number) => number, pieces: readonly string[]): string {
    return Array.from({ length: random(40) }, () => pick(random, pieces)).join('');
  }

  test('without a marker comes back byte for byte from a well-formed reply', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 20_000; round += 1) {
      const text = randomText(random, PIECES).trim();
      if (SPELT_BY_CHANCE.test(text)) continue;
      const raw = `${pick(random, ['', 'Thin.\n', '<think>x</think>'])}[Better Answer]\n${text}\n[End]\n`;
      expect(candidateOf(raw)).toBe(text);
    }
  });

  test('made of markers never throws, and its span is its candidate', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 20_000; round += 1) {
      const raw = randomText(random, [...PIECES, ...MARKERS, ...MARKERS, ...MARKERS]);
      for (const format of ['better-answer', 'plain'] as const) {
        const { candidate, span, reason } = parseReply(raw, format);
        expect(candidate === null).toBe(reason !== null);
        expect(span === null ? null : raw.slice(span.start, span.end)).toBe(candidate);
      }
    }
  });
});

describe('a hostile reply of a megabyte is read to its end', { tags: 'stress' }, () => {
  const times = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length));

  test.each([
    '[',
    ' ',
    '\n',
    '[ ',
    '[End',
    '[Better ',
    '**',
    '`',
    '```\n',
    ':',
    '> ',
    '<think>',
    '</think>',
    '<think></think>',
    '\r',
  ])('%j over and over', (piece) => {
    const soup = times(piece);
    expect(parseReply(soup, 'plain').format).toBe('plain');
    expect(candidateOf(`Thin.\n[Better Answer]\nA${soup}B\n[End]`)).toBe(`A${soup}B`);
    expect(candidateOf(`Thin.${soup.replaceAll('<think>', '')}B`)).toBeNull();
  });

  test('openers without end', () => {
    expect(candidateOf(`${times('[Better Answer]\n')}x`)).toBe('x');
    expect(parseReply(times('[Better Answer] '), 'better-answer').answers).toBe(0);
  });

  test('closers without end', () => {
    expect(candidateOf(`[Better Answer]\nx\n${times('[End]\n')}`)).toBe('x');
    expect(candidateOf(`[Better Answer]\nx\n[End]\n${times(' ')}${times('y [End]\n')}`)).toBe('x');
  });

  test('pairs in a row, and pairs within pairs', () => {
    expect(parseReply('[Better Answer]\nx\n[End]\n'.repeat(50_000), 'better-answer')).toMatchObject({
      candidate: 'x',
      answers: 50_000,
    });
    const nested = `${'[Better Answer]\n'.repeat(50_000)}x${'\n[End]'.repeat(50_000)}`;
    expect(parseReply(nested, 'better-answer').answers).toBe(1);
  });
});
