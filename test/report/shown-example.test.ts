import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SUITE } from '../../src/checks/index.js';
import { currentVersion } from '../../src/report/compare.js';
import { bracketMarks } from '../../src/report/diff-marks.js';
import type { DiffLayout } from '../../src/report/diff-text.js';
import { showEntry } from '../../src/report/show-entry.js';
import { exampleText, type ShownExample } from '../../src/report/shown-example.js';
import { entryWith } from '../support/entries.js';
import { type AttemptParts, answer, attemptOf, type DecisionParts } from '../support/run-parts.js';

const layout: DiffLayout = { marks: bracketMarks, columns: 60, sideBySide: false };
const example = (parts: Partial<ShownExample> = {}): ShownExample => ({
  ...{ id: '7', facts: [], instruction: 'Ask.', input: '', original: 'One.', refined: 'Two.', findings: [] },
  ...{ attempts: '', reason: null, reply: null, critique: null, request: null },
  ...parts,
});

function textOf(attempts: readonly AttemptParts[], decisions: readonly DecisionParts[] = []): string {
  const entry = entryWith(attempts, decisions);
  const shown = currentVersion(entry, DEFAULT_SUITE);
  // Attempts are told apart by identity, as they stand in the run.
  const own = attempts.map(
    (parts) =>
      entry.assessed.find(({ attempt }) => attempt.attempt === (parts.attempt ?? 1))?.attempt ??
      attemptOf(parts),
  );
  return exampleText(showEntry(entry, shown, own, { critique: false, request: null }), layout);
}

describe('an example', () => {
  test('is shown with what became of it, what was asked, and the difference', () => {
    expect(textOf([{ raw: answer('Better 0.') }])).toBe(
      [
        'example: 0 (refined, 50 % of the words changed, 2 > 2 words)',
        'instruction: Ask 0?',
        'difference:',
        '[-Original-]{+Better+} 0.',
      ].join('\n'),
    );
  });

  test.each<[string, AttemptParts[], DecisionParts[], string]>([
    [
      'one that a person rejected',
      [{ raw: answer('Better 0.') }],
      [{ example: '0', action: 'reject' }],
      'reason: rejected by hand',
    ],
    [
      'one that was refused',
      [{ fault: ['example', 'bad_request', 'too long'] }],
      [],
      'reason: refused by the server',
    ],
  ])('says why it ended so where the findings do not: %s', (_, attempts, decisions, reason) => {
    expect(textOf(attempts, decisions)).toContain(`\n${reason}`);
  });

  test('leaves the reason out where the findings say it', () => {
    expect(textOf([{ raw: answer('Original 0.') }])).not.toContain('reason');
    expect(textOf([{ raw: answer('Original 0.') }])).toContain('<1> flag: unchanged: The text is the same');
  });

  test('names all requests, where there are several, and the one that is shown', () => {
    const attempts: AttemptParts[] = [
      { raw: 'A critique.' },
      { raw: answer('Better 0.'), attempt: 2, purpose: 'repair' },
      { fault: ['transport', 'timeout', 'no'], attempt: 3, purpose: 'retry' },
      { raw: '{}', attempt: 4, purpose: 'judge', judged: { attempt: 2, order: 'original-first' } },
    ];
    const lineOf = (decisions: DecisionParts[] = []): string | undefined =>
      textOf(attempts, decisions)
        .replaceAll('\n', ' ')
        .match(/attempts:.*?(?= instruction)/)?.[0];
    expect(lineOf()).toContain('1 first fail, 2 repair pass (shown), 3 retry timeout, 4 judge of 2');
    expect(lineOf([{ example: '0', action: 'edit', text: 'Mine.' }])).not.toContain('(shown)');
  });

  test('has the worst findings first, with the numbers by which they are marked', () => {
    const finding = (check: string, severity: 'fail' | 'note', start: number | null) =>
      ({ check, severity, message: 'Bad.', start, end: start === null ? null : start + 3 }) as const;
    const text = exampleText(
      example({ findings: [finding('late', 'note', 0), finding('early', 'fail', null)] }),
      layout,
    );
    expect(text).toContain('<1> fail: early: Bad.\n<2> note: late: Bad.\n');
    expect(text).toContain('{+<2<Two>2>+}');
  });

  test('puts long texts below their names, short ones beside them', () => {
    const text = exampleText(example({ instruction: 'word '.repeat(30).trim(), input: 'b\na' }), layout);
    expect(text).toMatch(/^instruction:\nword .*word\nword/m);
    expect(text).toContain('\ninput:\nb\na\n\n');
    expect(exampleText(example({ input: 'short' }), layout)).toContain('\ninput: short\n');
    expect(exampleText(example({ input: '漢'.repeat(28) }), layout)).toMatch(/\ninput:\n漢+\n/);
  });

  test('is shown with its request, and with the doubt about it', () => {
    const messages = [
      { role: 'system', content: 'Improve.' },
      { role: 'user', content: 'One\ntwo' },
    ];
    const text = exampleText(example({ request: { messages, doubt: 'It may have been another.' } }), layout);
    expect(text).toContain(
      '\nnote: It may have been another.\nrequest, system:\nImprove.\n\nrequest, user:\nOne\ntwo\n',
    );
  });

  test('fits the screen, and shows nothing that a terminal obeys, wherever it stands', () => {
    const evil = '\u001b[2J\u202e\u0007漢字 '.repeat(12);
    const text = exampleText(
      example({
        ...{ id: evil, facts: [evil], instruction: evil, input: evil, original: evil, refined: null },
        ...{ attempts: evil, reason: evil, reply: evil, critique: evil },
        findings: [{ check: evil, severity: 'fail', message: evil, start: 0, end: 3 }],
        request: { messages: [{ role: evil, content: evil }], doubt: evil },
      }),
      layout,
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(60);
    for (const name of ['reply', 'critique', 'reason', 'input', 'original'])
      expect(text).toContain(`${name}:`);
  });
});
