import { describe, expect, test } from 'vitest';
import { viewText } from '../../src/text/text-view.js';

const TEXT = `Tides
come and go. They do.

1. High tide. It is high.
   - Twice a day

| a. B |
> Said he. So be it.
\`\`\`Python  title
print("a. B")
\`\`\`
The end.`;

describe('TextView', () => {
  test('gives the list items, at any depth', () => {
    expect(viewText(TEXT).items.map(({ content }) => content)).toEqual([
      'High tide. It is high.',
      'Twice a day',
    ]);
    expect(viewText('No list.').items).toEqual([]);
  });

  test('gives the paragraphs: lines of text that nothing else divides', () => {
    const text = 'One\ntwo\n\nthree\n- item\nfour\n# Title\n\n\nfive';
    expect(viewText(text).paragraphs.map(({ start, end }) => text.slice(start, end))).toEqual([
      'One\ntwo',
      'three',
      'four',
      'five',
    ]);
    expect(viewText(text).paragraphs[0]?.lines.map(({ content }) => content)).toEqual(['One', 'two']);
    expect(viewText('\n- item').paragraphs).toEqual([]);
  });

  test('gives the sentences of all but code and tables, with their places', () => {
    const sentences = viewText(TEXT).sentences;
    expect(sentences.map(({ text }) => text)).toEqual([
      'Tides',
      'come and go.',
      'They do.',
      'High tide.',
      'It is high.',
      'Twice a day',
      'Said he.',
      'So be it.',
      'The end.',
    ]);
    for (const { text, start, end } of sentences) expect(TEXT.slice(start, end)).toBe(text);
  });

  test('gives the words of everything, code included', () => {
    const view = viewText('Don’t `print(x)`!\n```\ny = 1\n```');
    expect(view.words).toEqual(["don't", 'print', 'x', 'y', '1']);
    expect(view.wordCount).toBe(5);
    expect(viewText('').wordCount).toBe(0);
  });

  test('gives the stems of the words that carry the meaning, each once', () => {
    expect(viewText('The jump, the jumps: they jumped high.').stems).toEqual(new Set(['jump', 'high']));
  });

  test('takes a text apart once', () => {
    const view = viewText(TEXT);
    for (const part of ['lines', 'paragraphs', 'codeBlocks', 'sentences', 'words', 'stems'] as const) {
      expect(view[part]).toBe(view[part]);
    }
    expect(view.raw).toBe(TEXT);
  });
});

describe('code blocks', () => {
  test('have their language, their code and their place, with and without an end', () => {
    const text = 'So:\n``` JavaScript title\nlet a;\n\nlet b;\n```\nand\n~~~\nx';
    const [first, second, ...more] = viewText(text).codeBlocks;
    expect(more).toEqual([]);
    expect(first).toMatchObject({ language: 'javascript', code: 'let a;\n\nlet b;\n', isClosed: true });
    expect(text.slice(first?.start, first?.end)).toBe('``` JavaScript title\nlet a;\n\nlet b;\n```');
    expect(second).toMatchObject({ language: '', code: 'x', isClosed: false });
    expect(text.slice(second?.start, second?.end)).toBe('~~~\nx');
  });

  test.each([
    ['```\n```', { language: '', code: '', start: 0, end: 7, isClosed: true }],
    ['```js', { language: 'js', code: '', start: 0, end: 5, isClosed: false }],
    ['```js\n', { language: 'js', code: '', start: 0, end: 6, isClosed: false }],
    ['  ~~~~c++ x\n  y\n  ~~~~', { language: 'c++', code: '  y\n', start: 0, end: 22, isClosed: true }],
  ])('of %j are %j', (text, block) => {
    expect(viewText(text).codeBlocks).toMatchObject([block]);
  });

  test('are none where there is no fence', () => {
    expect(viewText('Use `code` and ``more``.\n\n    indented').codeBlocks).toEqual([]);
  });
});
