import { describe, expect, test } from 'vitest';
import { find, pointedAt, severitiesOf } from './find.js';

const given = { instruction: 'Write a song about rain.', response: 'Rain, rain.' };

describe('rubric_leak', () => {
  test('fails criteria as labels, and names and shows them', () => {
    const text = 'Rain falls.\n- **Relevance**: It is about rain.\n- Accuracy: Rain is wet.';
    const [finding, ...more] = find('rubric_leak', text, given);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'fail',
      message: 'The criteria of the prompt stand as labels: relevance, accuracy.',
    });
    expect(pointedAt(text, finding)).toBe('**Relevance**: It is about rain.');
  });

  test('flags three that a subject might have as well', () => {
    const text = 'Accuracy: good.\nStructure: fine.\nDepth: little.';
    expect(severitiesOf('rubric_leak', { ...given, text })).toEqual(['flag']);
  });

  test.each([
    'Helpfulness: It helps.',
    '- **Relevance:** Rain matters.',
    '## Level of Detail\nMore.',
    '1. Levels of details - more.',
  ])('flags %j alone, which hardly any subject has', (text) => {
    expect(severitiesOf('rubric_leak', { ...given, text })).toEqual(['flag']);
  });

  test.each([
    'Accuracy: The rifle hits at 300 m.',
    'Depth: 12 layers\nAccuracy: 93 %',
    'Structure: a crater\nDepth: 589 m',
    'The accuracy and relevance of rain.',
    'Relevance of the topic: high.\nAccuracy matters too.',
    '```\nRelevance: 1\nAccuracy: 2\n```',
  ])('is silent about %j', (text) => {
    expect(severitiesOf('rubric_leak', { ...given, text })).toEqual([]);
  });

  test('is silent where instruction or original have the same labels', () => {
    const text = 'Accuracy: good.\nRelevance: good.';
    expect(severitiesOf('rubric_leak', { text, instruction: 'Rate it. Accuracy: ? Relevance: ?' })).toEqual(
      [],
    );
    expect(severitiesOf('rubric_leak', { text, response: 'Accuracy: bad.\nRelevance: bad.' })).toEqual([]);
  });
});
