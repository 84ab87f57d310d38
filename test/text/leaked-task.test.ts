import { describe, expect, test } from 'vitest';
import { findLeakedTask } from '../../src/text/leaked-task.js';
import { viewText } from '../../src/text/text-view.js';

describe('findLeakedTask', () => {
  test.each([
    ['The sky is blue.\n##\n9. Instruction: Name a bird.\n9. Input:\n<noinput>', '9. Instruction:'],
    ['The sky is blue. 12) instruction : Name a bird.', '12) instruction :'],
    ['7. Instruction:\nName a bird.', '7. Instruction:'],
    ['The sky is blue.\n\n### Instruction:\nName a bird.', '### Instruction:'],
    ['The sky is blue.\n## Instruction\nName a bird.', '## Instruction'],
    ['Blue.\n\nInstruction: Name a bird.\nInput: none\nOutput: Robin.', 'Instruction:'],
    ['Blue.\n\nTask: Name a bird.\nAnswer: Robin.', 'Task:'],
    ['Blue.\n\n2. Write a poem about joy.\n3. Name a bird.', '2. Write'],
    ['Blue, and so is the sea.\n\nHuman: And the sun?\n\nAssistant: Yellow.', 'Human:'],
    [
      'Blue.\n- You are asked to come up with a set of 20 diverse task instructions.',
      'come up with a set of 20 diverse task instructions',
    ],
  ])('finds where %j leaves its task', (text, mark) => {
    const leak = findLeakedTask(text);
    expect(leak?.mark).toBe(mark);
    expect(text.slice(leak?.start).startsWith(mark)).toBe(true);
  });

  test('finds the first of several', () => {
    const leak = findLeakedTask('Blue.\n### Instruction: a\n\n9. Instruction: b');
    expect(leak).toEqual({ start: 6, mark: '### Instruction:' });
  });

  test.each([
    '',
    'Follow the instruction: press the button.',
    'Instruction: press the button.',
    'Instructions:\n1. Press the button.\nOutput: a click.',
    '### Instructions\n1. Press the button.',
    'Task: Name a bird.\nOutput: Robin.',
    '# Instruction\nPress the button.\nAnd again.',
    'Input: 5\nOutput: 25',
    'Steps:\n\n1. Write a list.\n\n2. Create a folder.',
    '2. Write a poem.',
    'User: Hello\nBot: Hi!\n\nUser: How are you?\nBot: Well.',
    'Here is the conversation:\n\nUser: Hello\nAssistant: Hi!',
    'He turned to the Human: no answer.\n\nHuman beings are odd.',
    `Instruction: first\n${'x '.repeat(3000)}\nOutput: far away`,
  ])('lets %j pass', (text) => {
    expect(findLeakedTask(text)).toBeNull();
  });

  test('divides a view of the text', () => {
    const view = viewText('Blue.\n9. Instruction: Name a bird.');
    expect(view.leak?.mark).toBe('9. Instruction:');
    expect(view.own.raw).toBe('Blue.\n');
    const sound = viewText('Blue.');
    expect(sound.leak).toBeNull();
    expect(sound.own).toBe(sound);
  });
});
