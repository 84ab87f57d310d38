import { describe, expect, test } from 'vitest';
import { find, pointedAt, severitiesOf } from './find.js';

const BODY = 'Water expands when it freezes. That is why ice floats. A lake freezes from above.';
const ASKED = 'Why does ice float?';
const RESPONSE = 'Because it is lighter.';

function meta(text: string, instruction = ASKED, response = RESPONSE): string[] {
  return severitiesOf('meta_talk', { text, instruction, response });
}

describe('meta_talk', () => {
  test.each([
    [`Here is a revised answer. ${BODY} Fish survive.`, 'opens'],
    [`The original response was too brief. ${BODY} Fish survive.`, 'opens'],
    [`${BODY} Fish survive. This improved version explains why.`, 'closes'],
    [`${BODY} So fish survive. It is a helpful, relevant and accurate reply.`, 'closes'],
    [`${BODY} So fish survive. This gives a more relevant and detailed explanation.`, 'closes'],
    [`${BODY} So fish survive. This gives a more accurate and relevant overview.`, 'closes'],
  ])('flags %j', (text, edge) => {
    const findings = find('meta_talk', text, { instruction: ASKED, response: RESPONSE });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      severity: 'flag',
      message: `The text ${edge} on the answer itself: versions of it, or how good it is.`,
    });
    expect(pointedAt(text, findings[0])).toMatch(/revised|original|improved|helpful|more/);
  });

  test('shows the sentence, once', () => {
    const text = 'This revised answer is short.';
    const findings = find('meta_talk', text, { instruction: ASKED, response: RESPONSE });
    expect(findings).toHaveLength(1);
    expect(pointedAt(text, findings[0])).toBe(text);
  });

  test('flags a work that opens by being judged, or closes on what it should be', () => {
    const story = 'Nils rowed home. The fog lifted. He slept for two days, and the heron waited.';
    const instruction = 'Write a story about fog.';
    const judged = find('meta_talk', `The story lacks a plot. ${story}`, { instruction });
    expect(judged.map(({ message }) => message)).toEqual([
      'The text opens by judging the work, or saying what it should be.',
    ]);
    const told = find('meta_talk', `${story} The story could end with a storm.`, { instruction });
    expect(told.map(({ message }) => message)).toEqual(['The text closes on what the work should be.']);
  });

  test.each([
    [BODY],
    [`${BODY} Relevant experiments are easy to do at home.`],
    [`${BODY} The original experiment was made in 1820.`],
    [`${BODY} More accurate and detailed maps of the ice exist.`],
    [`${'Fish live. '.repeat(4)}This revised answer is within. ${'Fish live. '.repeat(4)}`],
  ])('is silent about %j', (text) => {
    expect(meta(text)).toEqual([]);
  });

  test('is silent about what the original says in the same words', () => {
    const text = `This revised version is mine. ${BODY}`;
    expect(meta(text, ASKED, 'THIS REVISED VERSION IS MINE. Good.')).toEqual([]);
  });

  test('only notes the announcement of a revision that was asked for', () => {
    const announced = `Here is the revised text: ${BODY}`;
    expect(meta(announced, 'Rewrite the text in plain words.')).toEqual(['note']);
    expect(meta(`Here is a more relevant and accurate version. ${BODY}`, 'Rewrite the text.')).toEqual([
      'flag',
    ]);
    expect(meta(`${BODY} Fish live. This revised text is plain.`, 'Rewrite the text.')).toEqual(['flag']);
  });

  test('flags a revision that is handed over, and only notes one that was asked for', () => {
    const text = `**Revised response:**\n\n${BODY}`;
    expect(find('meta_talk', text, { instruction: ASKED, response: RESPONSE })).toMatchObject([
      { severity: 'flag', message: 'The text hands over a revision, to whoever asked for one.' },
    ]);
    expect(meta(text, 'Rewrite the text.')).toEqual(['note']);
  });

  test('shows a sentence once that is of two kinds', () => {
    expect(meta(`This revised version is longer than the previous answer. ${BODY} Fish live.`)).toEqual([
      'flag',
    ]);
  });

  test('is silent about judgements that were asked for', () => {
    expect(meta('The story lacks a plot. It ends abruptly.', 'Review the story.')).toEqual([]);
    expect(meta(`${BODY} The story should end.`, 'Evaluate the story.')).toEqual([]);
  });

  test('is silent about advice that was asked for', () => {
    const text = `${BODY} Each of them helps. The plan should fit your week.`;
    expect(meta(text, 'Create a plan for learning to swim.')).toEqual([]);
  });

  test('is silent about programs and games that are described in words', () => {
    const closing = 'The app should remind its user.';
    expect(meta(`${BODY} ${closing}`, 'Design an app for skaters.')).toEqual([]);
    const code = 'let ice = 1;\nif (ice > 0) {\n  skate(ice);\n}';
    expect(meta(`${BODY} ${closing}`, 'Design an app for skaters.', code)).toEqual(['flag']);
    expect(meta(`${BODY} The game can be played by four.`, 'Create a game for skaters.')).toEqual([]);
  });
});

describe('comparative_opener', () => {
  test.each([
    `Here's a more detailed explanation: ${BODY}`,
    `Below you find a more thorough answer. ${BODY}`,
    `Ice floats. The following is a more complete list of reasons: ${BODY}`,
  ])('notes %j', (text) => {
    expect(severitiesOf('comparative_opener', { text, instruction: ASKED })).toEqual(['note']);
  });

  test.each([
    BODY,
    `Here is an explanation. ${BODY}`,
    'Here more ice forms than below.',
    `More answers exist. ${BODY}`,
    `${BODY} Fish live. ${BODY} Here is a more detailed explanation.`,
  ])('is silent about %j', (text) => {
    expect(severitiesOf('comparative_opener', { text, instruction: ASKED })).toEqual([]);
  });
});

describe('self_praise', () => {
  test.each([
    `${BODY} This comprehensive explanation provides all you need.`,
    `${BODY} The above detailed answer covers the topic.`,
  ])('notes %j', (text) => {
    const [finding, ...more] = find('self_praise', text, { instruction: ASKED });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'note' });
    expect(pointedAt(text, finding)).toMatch(/^Th/);
  });

  test.each([
    BODY,
    `${BODY} This comprehensive school offers lunch.`,
    `${BODY} This explanation is over.`,
    `${BODY} This detailed explanation is long.`,
    `This comprehensive explanation provides all you need. ${BODY}`,
    `${BODY} A detailed explanation offers more.`,
  ])('is silent about %j', (text) => {
    expect(severitiesOf('self_praise', { text, instruction: ASKED })).toEqual([]);
  });
});
