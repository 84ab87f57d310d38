import { describe, expect, test } from 'vitest';
import { runChecks, verdictOf } from '../../src/checks/index.js';
import { answer, type Case, subjectOf } from './subject.js';

const encodingFindings = (text: string) =>
  runChecks(subjectOf({ raw: answer(text) })).filter(({ check }) => check === 'encoding');

describe('encoding', () => {
  test.each([
    ['a NUL', 'High tide\0 comes twice a day.', 9, 'NUL'],
    ['a high surrogate alone', 'The moon \ud83c pulls.', 9, 'U+D83C'],
    ['a low surrogate alone', 'The moon \udf15 pulls.', 9, 'U+DF15'],
    ['a high surrogate at the end', 'The moon pulls \ud83c', 15, 'U+D83C'],
  ])('fails a text with %s, and shows where', (_, text, start, words) => {
    const findings = encodingFindings(text);
    expect(findings).toMatchObject([{ severity: 'fail', start, end: start + 1 }]);
    expect(findings[0]?.message).toContain(words);
    expect(verdictOf(findings)).toBe('fail');
  });

  const NL = '\\n';
  const signs = (text: string, example: Partial<Case> = {}) =>
    runChecks(subjectOf({ raw: text, format: 'plain', ...example })).filter(
      ({ check }) => check === 'encoding',
    );

  test.each([
    ['an apostrophe in a wrong encoding', 'It isnâ€™t high.', 'â€™'],
    ['a quotation mark', 'The â€œtide".', 'â€œ'],
    ['its end with the last byte lost', 'The "tideâ€ .', 'â€'],
    ['an accent', 'At the cafÃ© by the sea.', 'Ã©'],
    ['a degree sign', 'It is 20 Â°C.', 'Â°'],
    ['bytes read as Latin-1', 'It isn\u00e2\u0080\u0099t.', '\u00e2\u0080\u0099'],
    ['an emoji', 'Tide ðŸŒŠ in.', 'ðŸŒŠ'],
    ['an arrow', 'High â†’ low.', 'â†’'],
    ['Cyrillic', 'So: Ð¿Ñ€Ð¸Ð²ÐµÑ‚.', 'Ð¿Ñ€Ð¸Ð²ÐµÑ‚'],
    ['Chinese', 'So: æ½®æ°´æ¶¨.', 'æ½®æ°´æ¶¨'],
    ['a lost character', 'The caf\ufffd is open.', '\ufffd'],
    ['a control character', 'The\u0008 tide.', '\u0008'],
    ['a line break written out', `The tide.${NL}It is high.`, NL],
    ['a quotation mark with a backslash', 'She said \\"now" twice.', '\\"'],
    ['a character by its number', 'It isn\\u2019t high.', '\\u2019'],
    ['an HTML entity', 'Tom &amp; Jo.', '&amp;'],
    ['a number of HTML', 'It isn&#39;t.', '&#39;'],
  ])('notes %s', (_, text, sign) => {
    const [finding, ...others] = signs(text);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'note', message: expect.stringMatching(/, once\.$/) });
    expect(text.slice(finding?.start ?? 0, finding?.end ?? 0)).toBe(sign);
  });

  test('flags a text with many of them, of whatever kind, and counts each kind', () => {
    const found = signs('It isnâ€™t &amp; wonâ€™t be.');
    expect(found.map(({ severity }) => severity)).toEqual(['flag', 'flag']);
    expect(found[0]?.message).toMatch(/2 times/);
    expect(signs(`One.${NL}${NL}Two.${NL}Three.`)).toMatchObject([{ severity: 'flag' }]);
  });

  test.each(['instruction', 'input', 'response'] as const)(
    'is silent about what the %s has as well',
    (field) => {
      expect(signs('It isnâ€™t, it canâ€™t, it wonâ€™t.', { [field]: 'What does donâ€™t mean?' })).toEqual(
        [],
      );
    },
  );

  test.each([
    ['code in a fence', `\`\`\`c\nprintf("a${NL}b &amp; \\u2019");\n\`\`\``],
    ['code without a fence', `int a;\nprintf("a${NL}B &amp;");`],
    ['code between backticks', `Print \`${NL}A\` or \`&amp;\`.`],
    ['a line break that is spoken of', `The sign ${NL} ends a line, and so does "${NL}".`],
    ['JSON', `{"a": "b${NL}C \\"d\\""}`],
    ['LaTeX', 'Since \\neq and \\nabla hold, \\nu is \\underline{so}.'],
    ['paths', 'Open C:\\new\\users and go.'],
    ['German', 'Das macht „Spaß“, è vero… ça va, café…'],
    ['Portuguese', 'AMANHÃ… NÃO, A MANHÃ” e “Â”.'],
    ['Icelandic', 'Ðað er ég, það er ðú.'],
    ['an ampersand', 'Tom & Jo; Q&A; R&D;'],
    ['Arabic with its joiners', 'می\u200cخواهم'],
  ])('is silent about %s', (_, text) => {
    expect(signs(text)).toEqual([]);
  });

  test.each(['The moon 🌕 pulls the sea.', 'Ebbe und Flut — à marée.', 'Tabs\tand\nlines.'])(
    'lets %j pass',
    (text) => {
      expect(encodingFindings(text)).toEqual([]);
    },
  );
});
