import { describe, expect, test } from 'vitest';
import { bracketMarks, compare, comparisonLine, comparisonText } from '../../src/report/compare.js';
import type { LedgerEntry } from '../../src/run/ledger.js';
import { ledgerWith } from '../support/entries.js';
import { type AttemptParts, answer, type DecisionParts, exampleOf } from '../support/run-parts.js';

function entryOf(attempts: readonly AttemptParts[], decisions: readonly DecisionParts[] = []): LedgerEntry {
  const [entry] = ledgerWith(1, attempts, decisions);
  if (entry === undefined) throw new Error('There is no entry.');
  return entry;
}
const changed = entryOf([{ raw: answer('Better 0.') }]);
const edited = entryOf([{ raw: answer('Better 0.') }], [{ example: '0', action: 'edit', text: 'Mine 0.' }]);
const rejected = entryOf([{ raw: answer('Better 0.') }], [{ example: '0', action: 'reject' }]);
const failed = entryOf([{ raw: 'A critique.\u001b[2J' }]);
const pending = entryOf([]);
const same = entryOf([{ raw: answer('Original 0.') }]);

describe('compare', () => {
  test.each<[string, LedgerEntry, string | null, number | null]>([
    ['the candidate', changed, 'Better 0.', 0.5],
    ['the text that a person wrote', edited, 'Mine 0.', 0.5],
    ['the candidate that a person rejected', rejected, 'Better 0.', 0.5],
    ['a candidate that is the original', same, 'Original 0.', 0],
    ['nothing, after a reply without a candidate', failed, null, null],
    ['nothing, while there is no reply', pending, null, null],
  ])('sets beside the original %s', (_, entry, refined, share) => {
    expect(compare(entry)).toEqual({ id: '0', original: 'Original 0.', refined, changed: share });
  });
});

describe('comparisonLine', () => {
  test.each<[string, LedgerEntry, string]>([
    ['refined', changed, '   0   50 %  refined  pass  Ask 0?'],
    ['kept, with its finding', same, '   0    0 %  kept     flag  unchanged  Ask 0?'],
    ['failed', failed, '   0      -  kept     fail  no_answer  Ask 0?'],
    ['pending', pending, '   0      -  pending  -     Ask 0?'],
  ])('tells of an example that is %s', (_, entry, line) => {
    expect(comparisonLine(entry, compare(entry), 4, 80)).toBe(line);
  });

  test('fits the screen, on one line, and shows nothing that a terminal obeys', () => {
    const json = JSON.stringify({
      id: '\u001b]0;x',
      instruction: `\u001b[31mMany\nwords ${'word '.repeat(100)}`,
      output: 'x',
    });
    const entry = { ...changed, example: exampleOf(json) };
    const line = comparisonLine(entry, compare(entry), 4, 60);
    expect(line).toMatch(/^\\x1b\]0;x .* \\x1b\[31mMany words word.*…$/);
    expect(line.length).toBeLessThanOrEqual(60);
  });

  test('names a check once, however often it found something', () => {
    const [finding] = same.chosen?.findings ?? [];
    if (same.chosen === null || finding === undefined) throw new Error('There is no finding.');
    const entry = { ...same, chosen: { ...same.chosen, findings: [finding, finding] } };
    expect(comparisonLine(entry, compare(entry), 1, 80)).toContain('  unchanged  Ask');
  });
});

describe('comparisonText', () => {
  test('shows the example, its findings, and the difference in brackets', () => {
    expect(comparisonText(changed, compare(changed), bracketMarks)).toBe(
      [
        'example: 0 (refined, 50 % of the words changed)',
        'instruction: Ask 0?',
        'difference: [-Original-]{+Better+} 0.',
      ].join('\n'),
    );
    const text = comparisonText(same, compare(same), bracketMarks);
    expect(text.match(/unchanged: The text is the same/g)).toHaveLength(1);
    expect(text).toContain('flag: unchanged: The text is the same');
    expect(comparisonText(rejected, compare(rejected), bracketMarks)).toContain('reason: rejected by hand');
    const message = 'Much is wrong with it. '.repeat(6).trim();
    const findings = [{ check: 'mine', severity: 'flag', message, start: null, end: null }] as const;
    const long = { ...same, chosen: same.chosen && { ...same.chosen, findings } };
    expect(comparisonText(long, compare(long), bracketMarks)).toContain(`\nflag: mine: ${message}\ndiff`);
    expect(text).toContain('difference: Original 0.');
  });

  test('names the attempts that can be chosen from, where there are several, and the one that is shown', () => {
    const attempts: AttemptParts[] = [
      { raw: 'A critique.' },
      { raw: answer('Better 0.'), attempt: 2, purpose: 'repair' },
      { fault: ['example', 'bad_request', 'no'], attempt: 3 },
      { raw: answer('Original 0.'), attempt: 4, purpose: 'retry' },
    ];
    const lineOf = (decisions: DecisionParts[]): string | undefined => {
      const entry = entryOf(attempts, decisions);
      const text = comparisonText(entry, compare(entry), bracketMarks);
      return text.split('\n').find((line) => line.startsWith('attempts'));
    };
    expect(lineOf([])).toBe('attempts: 1 first fail, 2 repair pass (shown), 4 retry flag');
    expect(lineOf([{ example: '0', action: 'accept', attempt: 4 }])).toBe(
      'attempts: 1 first fail, 2 repair pass, 4 retry flag (shown)',
    );
    expect(lineOf([{ example: '0', action: 'edit', text: 'Mine.' }])).toBe(
      'attempts: 1 first fail, 2 repair pass, 4 retry flag',
    );
  });

  test('shows the original, and the reply as it came, when there is no refined text', () => {
    const text = comparisonText(failed, compare(failed), bracketMarks);
    expect(text).toContain('example: 0 (kept)');
    expect(text).toContain('original: Original 0.');
    expect(text).toContain('reply: A critique.\\x1b[2J');
    expect(comparisonText(pending, compare(pending), bracketMarks)).not.toContain('reply');
  });

  test('puts texts of several lines below their names, and shows an input where there is one', () => {
    const entry = {
      ...changed,
      example: exampleOf('{"instruction":"Sort.","input":"b\\na\\u202e","output":"a\\nb"}'),
    };
    const text = comparisonText(entry, compare(entry), bracketMarks);
    expect(text).toContain('input:\nb\na\\u{202e}\n');
    expect(text).toContain('difference:\n[-a\nb-]');
  });

  test('lets whoever draws it mark the parts', () => {
    const text = comparisonText(changed, compare(changed), ({ kind, text }) => `<${kind} ${text}>`);
    expect(text).toContain('<removed Original><added Better><same  0.>');
  });

  test('shows nothing that a terminal obeys, wherever it stands', () => {
    const evil = '\u001b[2J\u202e\u0007';
    const json = JSON.stringify({ id: evil, instruction: evil, input: evil, output: evil });
    for (const raw of [answer(evil), evil]) {
      const [entry] = ledgerWith(1, [{ raw }]);
      if (entry === undefined) throw new Error('There is no entry.');
      const shown = { ...entry, example: exampleOf(json), reason: evil };
      const text = comparisonText(shown, compare(shown), bracketMarks);
      expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
    }
  });
});
