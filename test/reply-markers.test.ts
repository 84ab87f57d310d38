import { describe, expect, test } from 'vitest';
import { type ReplyMarker, scanMarkers } from '../src/reply-markers.js';

/** The one marker of a text. */
function onlyMarker(text: string, from = 0): ReplyMarker {
  const [marker, ...more] = scanMarkers(text, from);
  if (marker === undefined || more.length > 0) expect.fail(`not one marker in ${JSON.stringify(text)}`);
  return marker;
}

describe('scanMarkers', () => {
  test('finds nothing where there is nothing', () => {
    expect(scanMarkers('The end of a better answer.', 0)).toEqual([]);
  });

  test.each([
    ['[Better Answer]', 'open'],
    ['[better-answer]', 'open'],
    ['[BETTER_ANSWER:]', 'open'],
    ['[End]', 'close'],
    ['[ END ]', 'close'],
    ['[/Better Answer]', 'close'],
    ['[/End]', 'close'],
  ])('tells what %s does', (text, kind) => {
    expect(onlyMarker(text).kind).toBe(kind);
  });

  test('counts lines from where the scan begins', () => {
    const text = 'one\ntwo [End]\n\nfour [End] and [End]\n[End]';
    expect(scanMarkers(text, 0).map(({ line }) => line)).toEqual([1, 3, 3, 4]);
    expect(scanMarkers(text, 4).map(({ line }) => line)).toEqual([0, 2, 2, 3]);
    expect(onlyMarker('one [End]').line).toBe(0);
  });

  test('starts where it is told, even in the middle of a marker', () => {
    expect(scanMarkers('[End] [End]', 1)).toMatchObject([{ start: 6, leads: false }]);
    expect(scanMarkers('[End] [End]', 7)).toEqual([]);
  });
});

describe('what belongs to a marker in the middle of a line', () => {
  test.each([
    ['So [End] it is', '[End]'],
    ['So **[End]** it is', '**[End]**'],
    ['So [End]: it is', '[End]:'],
    ['So **[End]**: it is', '**[End]**:'],
    ['So **[End]:** it is', '**[End]:**'],
    ['So **[End]:**: it is', '**[End]:**'],
    ['So “[End]” it is', '“[End]”'],
    ['So ‘[End]’ it is', '‘[End]’'],
    ['So “**[End]**” it is', '“**[End]**”'],
    ['So `_[End]_`: it is', '`_[End]_`:'],
    // Marks on one side, or out of order, belong to the text.
    ['So **[End] it is', '[End]'],
    ['So [End]** it is', '[End]'],
    ['So **[End]: it is', '[End]:'],
    ['So “**[End]”** it is', '[End]'],
    ['So ”[End]“ it is', '[End]'],
  ])('of %j is %j', (text, own) => {
    const { start, end, leads, trails } = onlyMarker(text);
    expect(text.slice(start, end)).toBe(own);
    expect([leads, trails]).toEqual([false, false]);
  });
});

describe('what belongs to a marker at the edge of its line', () => {
  test.each([
    ['one\n> ## [End] \ntwo', '> ## [End] ', [true, true]],
    ['one\n--- **[End]**: ---\ntwo', '--- **[End]**: ---', [true, true]],
    ['one\n- [End] : \r\ntwo', '- [End] : \r', [true, true]],
    ['one\n## [End] two', '## [End]', [true, false]],
    ['one [End] ##\ntwo', '[End] ##', [false, true]],
  ])('of %j is %j', (text, own, edges) => {
    const { start, end, leads, trails } = onlyMarker(text);
    expect(text.slice(start, end)).toBe(own);
    expect([leads, trails]).toEqual(edges);
  });

  test('goes no further back than where the scan begins', () => {
    expect(onlyMarker('** **[End]** two', 3)).toMatchObject({ start: 3, end: 12, leads: true });
    expect(onlyMarker('word **[End]', 6)).toMatchObject({ start: 6, leads: true, afterSentence: true });
  });
});

describe('afterSentence', () => {
  test.each([
    ['[End]', true],
    ['  [End]', true],
    ['Done. [End] x', true],
    ['Really?  [End] x', true],
    ['He said “Done” [End] x', true],
    ['完了。[End] x', true],
    ['It is done [End] x', false],
    ['Done, [End] x', false],
    ['the\n[End] x', false],
  ])('of %j is %s', (text, afterSentence) => {
    expect(onlyMarker(text).afterSentence).toBe(afterSentence);
  });
});
