import { describe, expect, test } from 'vitest';
import { find, severitiesOf } from './find.js';

const SONG = 'Compose a song about snow.';
const VERSE =
  'The snow comes down at night\nAnd covers every stone\nThe lamps are all alight\nAnd I walk home alone';
const PROSE =
  'In this quiet landscape the singer remembers a winter long ago, when the whole village gathered at the mill and danced until the miller fell asleep beside the stove.';
const TALK = 'Anna: Good morning.\nBen: Is it?\nAnna: It is for me.\nBen: Then good morning to you.';
const LETTER = 'Dear Mr Lind,\n\nthe roof leaks. Please send somebody.\n\nYours, Ada';

describe('form_changed', () => {
  test.each([
    ['verse', SONG, VERSE, PROSE, 'The verse is gone: the text has no lines of verse.'],
    [
      'dialogue',
      'Write a dialogue about manners.',
      TALK,
      PROSE,
      'The dialogue is gone: nobody speaks in the text.',
    ],
    [
      'a letter',
      'Write a letter to a landlord.',
      LETTER,
      'The roof leaks and somebody should come.',
      'The letter is gone: the text addresses nobody.',
    ],
  ])('flags %s that is none any more', (_title, instruction, response, text, message) => {
    expect(find('form_changed', text, { instruction, response })).toMatchObject([
      { severity: 'flag', message },
    ]);
  });

  test.each([
    ['a story', 'Write a story about snow.', PROSE, `Snow fell.\n\n- ${PROSE}\n- ${PROSE}`],
    ['an essay', 'Write an essay about snow.', PROSE, `Snow fell.\n\n- ${PROSE}\n- ${PROSE}`],
    ['a song', SONG, VERSE, VERSE.replace(/^/gm, '- ')],
  ])('notes that %s became a list', (_title, instruction, response, text) => {
    expect(find('form_changed', text, { instruction, response })).toMatchObject([
      { severity: 'note', message: 'Running text became a list.' },
    ]);
  });

  test.each([
    [
      'verse that stays verse',
      SONG,
      VERSE,
      'Snow on the roof\nSnow on the sea\nSnow on the hoof\nOf the horse and on me',
    ],
    ['prose where verse was asked for and none was there', SONG, PROSE, PROSE],
    ['verse in prose where no verse was asked for', 'Why does it snow?', VERSE, PROSE],
    ['dialogue that goes on', 'Write a dialogue about manners.', TALK, 'Cleo: No.\nDan: Yes.\nCleo: **No.**'],
    [
      'dialogue with bold speakers',
      'Write a dialogue about manners.',
      TALK,
      '**Cleo (sighing):** No.\n**Dan:** Yes.',
    ],
    ['a monologue', 'Write a monologue about manners.', 'Anna: I bow. I bow low.', PROSE],
    [
      'a letter with another greeting',
      'Write a letter to a landlord.',
      LETTER,
      'To whom it may concern,\nthe roof leaks.',
    ],
    ['a list that stays one', 'Write an essay about snow.', `- ${PROSE}`, `- ${PROSE}`],
    ['a list that was asked for', 'Give tips for snow.', PROSE, `- ${PROSE}`],
    ['a list that explains', 'Why does it snow?', PROSE, `- ${PROSE}`],
    [
      'a short list within an essay',
      'Write an essay about snow.',
      PROSE,
      `${PROSE}\n- salt\n- sand\n\n${PROSE}`,
    ],
  ])('is silent about %s', (_title, instruction, response, text) => {
    expect(severitiesOf('form_changed', { text, instruction, response })).toEqual([]);
  });

  test('does not take lines of code for lines of verse', () => {
    const text = `${PROSE}\n\`\`\`\na = 1\nb = 2\nc = 3\n\`\`\``;
    expect(severitiesOf('form_changed', { text, instruction: SONG, response: VERSE })).toEqual(['flag']);
  });
});
