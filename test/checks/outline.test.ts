import { describe, expect, test } from 'vitest';
import { find, pointedAt, severitiesOf } from './find.js';

const ESSAY = 'Write an essay about salt.';
const PROSE = 'Salt was money once. Whole towns lived by it, and roads are named after it to this day.';
const PLAN =
  'Salt matters.\n\n- History of salt.\n- Trade routes and towns.\n- Salt as money.\n- Salt and health.\n- Salt today.';
const SENTENCES = Array.from(
  { length: 5 },
  (_, index) =>
    `- In the year 15${index}0 the salt of the town was carried over the hills to the river by forty mules.`,
).join('\n');

describe('outline_only', () => {
  test('flags brief points in the place of an essay, and shows where they begin', () => {
    const [finding, ...more] = find('outline_only', PLAN, { instruction: ESSAY, response: PROSE });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'flag',
      message: 'The text is a plan in points: 5 items of 3 words.',
    });
    expect(pointedAt(PLAN, finding)).toBe('- History of salt.');
  });

  test('flags long points that are no sentences', () => {
    const text = `Salt matters to all of us in many ways.\n\nKey points:\n${SENTENCES.replaceAll('.', '')}`;
    expect(severitiesOf('outline_only', { text, instruction: ESSAY, response: PROSE })).toEqual(['flag']);
  });

  test.each([
    ['an essay', ESSAY, PROSE, PROSE],
    ['an essay in bullets that are sentences', ESSAY, SENTENCES, PROSE],
    ['labelled bullets that are sentences', ESSAY, SENTENCES.replaceAll('- ', '- Road: '), PROSE],
    ['points where the original had them', ESSAY, PLAN, PLAN],
    ['points in a report', 'Write a report about salt.', PLAN, PROSE],
    ['an outline that was asked for', 'Write an outline for an essay about salt.', PLAN, PROSE],
    ['an answer', 'What is salt good for?', PLAN, PROSE],
    ['a few brief points', ESSAY, PLAN.split('\n').slice(0, 6).join('\n'), PROSE],
  ])('is silent about %s', (_title, instruction, text, response) => {
    expect(severitiesOf('outline_only', { text, instruction, response })).toEqual([]);
  });
});
