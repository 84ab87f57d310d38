import { describe, expect, test } from 'vitest';
import { genreOf, isWork, singular } from '../../../src/checks/request/genres.js';
import { readRequest } from '../../../src/checks/request/request.js';
import { viewText } from '../../../src/text/text-view.js';

const request = (instruction: string) => readRequest(viewText(instruction));

describe('the genre of what an instruction asks for', () => {
  test.each([
    ['Write a short story about a lighthouse keeper.', 'narrative', 'story'],
    ['Tell me a fable in which a snail wins.', 'narrative', 'fable'],
    ["Write an original children's story around a lost mitten.", 'narrative', 'story'],
    ['Compose a haiku on rain.', 'verse', 'haiku'],
    ['Come up with lyrics for a sea shanty.', 'verse', 'lyric'],
    ['Write a script for a two-minute skit.', 'drama', 'script'],
    ['Write a script to rename all files in a folder.', 'code', 'script'],
    ['Draft a cover letter for a baker.', 'letter', 'letter'],
    ['Write an email asking for a day off.', 'letter', 'email'],
    ['Create a speech about patience.', 'speech', 'speech'],
    ['Write a 300-word persuasive essay on school uniforms.', 'essay', 'essay'],
    ['Generate a blog post, with a title, on bees.', 'essay', 'post'],
    ['Format the notes into a five-paragraph essay.', 'essay', 'essay'],
    ['Write a Python function that sorts a list.', 'code', 'function'],
    ['Create a list of riddles for children.', 'list', 'list'],
    ['Design a survey (with ten questions) about sleep.', 'list', 'survey'],
    ['Generate a list of tips for hikers.', 'guidance', 'tip'],
    ['Create a step-by-step guide to knitting.', 'guidance', 'guide'],
  ])('%s -> %s', (instruction, genre, noun) => {
    const { genre: found, nouns } = request(instruction);
    expect(found).toBe(genre);
    expect(nouns).toContain(noun);
  });

  test.each(['Why is the sky blue?', 'What is the capital of Peru?', 'Name three rivers.', ''])(
    'is none for %j',
    (instruction) => {
      expect(request(instruction).genre).toBeNull();
    },
  );

  test('is found once for the same view of an instruction', () => {
    const view = viewText('Write a poem.');
    expect(readRequest(view)).toBe(readRequest(view));
  });
});

describe('what else an instruction says of its answer', () => {
  test.each([
    ['Rewrite the paragraph in simpler words.', true],
    ['Edit this essay for clarity.', true],
    ['Write an essay on clarity.', false],
  ])('%s changes a text: %s', (instruction, changes) => {
    expect(request(instruction).changesText).toBe(changes);
  });

  test.each([
    ['Critique the poem.', true],
    ['Please carefully analyze the following article.', true],
    ['Write a poem that critics would praise.', false],
  ])('%s judges a text: %s', (instruction, judges) => {
    expect(request(instruction).judgesText).toBe(judges);
  });

  test.each([
    ['Write an article about ways to save water.', true],
    ['Write a blog post on how to sharpen knives.', true],
    ['Give advice to a young nurse.', true],
    ['Write an article about the history of salt.', false],
  ])('%s asks for advice: %s', (instruction, asks) => {
    expect(request(instruction).asksForAdvice).toBe(asks);
  });

  test('keeps its words between spaces', () => {
    expect(request('Use the GIVEN words!').words).toBe(' use the given words ');
  });
});

test.each([
  ['stories', 'story'],
  ['essays', 'essay'],
  ['speeches', 'speech'],
  ['analysis', 'analysis'],
  ['analyses', 'analysis'],
  ['criteria', 'criterion'],
  ['class', 'class'],
  ['bus', 'bus'],
  ['boxes', 'box'],
  ['ties', 'tie'],
  ['ode', 'ode'],
])('the singular of %s is %s', (word, noun) => {
  expect(singular(word)).toBe(noun);
});

test.each([
  ['sonnets', 'verse'],
  ['memo', 'letter'],
  ['table', 'list'],
  ['river', null],
])('%s is called %s', (noun, genre) => {
  expect(genreOf(noun)).toBe(genre);
});

test.each([
  ['narrative', true],
  ['code', true],
  ['essay', false],
  ['guidance', false],
  [null, false],
] as const)('%s is a work that does not speak about itself: %s', (genre, is) => {
  expect(isWork(genre)).toBe(is);
});
